import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type ResolverReturnType, resolver } from 'hono-openapi'
import type { JsonSchema } from '../list-query/fields.ts'

/**
 * A schema as JSON Schema of what really travels: dates, bigints, decimals and bytes are text. `output` is what a schema
 * makes of its input, which is what is answered; `input` what a client sends.
 */
export function wireSchema(schema: StandardSchemaV1, side: 'input' | 'output'): ResolverReturnType {
  const { vendor } = schema['~standard']
  return resolver(schema, { options: optionsOf[vendor]?.(side) })
}

/** The same, as a part of something else. */
export function within(
  inner: ResolverReturnType,
  wrap: (schema: JsonSchema) => JsonSchema,
): ResolverReturnType {
  return {
    ...inner,
    async toOpenAPISchema(options) {
      const { schema, components } = await inner.toOpenAPISchema(options)
      const { $defs = {}, ...rest } = schema as JsonSchema & { readonly $defs?: object }
      // Only at the root of a document would references to its definitions still lead there.
      return reworded({
        schema: wrap(rest),
        components: { ...components, schemas: { ...$defs, ...components?.schemas } },
      })
    },
  }
}

type Resolved = Awaited<ReturnType<ResolverReturnType['toOpenAPISchema']>>

function reworded(resolved: { schema: JsonSchema; components: object }): Resolved {
  return JSON.parse(JSON.stringify(resolved).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

const dateTime = { type: 'string', format: 'date-time' }
const integer = { type: 'string', pattern: '^-?\\d+$' }
const decimal = { type: 'string', format: 'decimal' }
const bytes = { type: 'string', contentEncoding: 'base64' }

/** What a class becomes on its way. */
function ofClass(given: unknown): JsonSchema | undefined {
  if (typeof given !== 'function') return undefined
  const { prototype } = given
  if (given === Date || prototype instanceof Date) return dateTime
  if (given === Uint8Array || prototype instanceof Uint8Array) return bytes
  return typeof prototype?.toDecimalPlaces === 'function' ? decimal : undefined
}

/** What each library has to be told of it. Others describe themselves as they can. */
const optionsOf: Readonly<Record<string, (side: 'input' | 'output') => object>> = {
  valibot: (side) => ({
    target: 'draft-2020-12',
    typeMode: side,
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema }: { valibotSchema: { type: string; class?: unknown } }) => {
      if (valibotSchema.type === 'date') return dateTime
      if (valibotSchema.type === 'bigint') return integer
      return valibotSchema.type === 'instance' ? ofClass(valibotSchema.class) : undefined
    },
    overrideAction: ({ valibotAction }: { valibotAction: { type: string } }) =>
      side === 'output' ? valibotOutputs[valibotAction.type] : undefined,
  }),
  zod: (side) => ({
    io: side,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }: { zodSchema: ZodSchema; jsonSchema: object }) {
      const { def, bag } = zodSchema._zod
      if (def.type === 'date') Object.assign(jsonSchema, dateTime)
      if (def.type === 'bigint') Object.assign(jsonSchema, integer)
      if (def.type === 'custom') Object.assign(jsonSchema, ofClass(bag?.['Class']))
    },
  }),
  arktype: (side) => ({
    fallback: ({ code, domain, proto, base, out }: ArkContext) => {
      if (code === 'date') return dateTime
      if (code === 'domain' && domain === 'bigint') return integer
      if (code === 'morph' && side === 'output') return out ?? {}
      return (code === 'proto' && ofClass(proto)) || base
    },
  }),
}

/** What Valibot's actions make, where that is not what came in; nobody knows what a function of the app's makes. */
const valibotOutputs: Readonly<Record<string, JsonSchema>> = {
  transform: {},
  raw_transform: {},
  parse_json: {},
  find_item: {},
  reduce_items: {},
  map_items: { type: 'array' },
  to_bigint: integer,
  to_boolean: { type: 'boolean' },
  to_date: dateTime,
  to_number: { type: 'number' },
  to_string: { type: 'string' },
  stringify_json: { type: 'string' },
}

interface ZodSchema {
  readonly _zod: { readonly def: { readonly type: string }; readonly bag?: Readonly<Record<string, unknown>> }
}

/** What ArkType could not say, and what it could say so far. */
interface ArkContext {
  readonly code: string
  readonly base: JsonSchema
  readonly domain?: string
  readonly proto?: unknown
  readonly out?: JsonSchema | null
}
