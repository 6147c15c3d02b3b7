import * as v from 'valibot'

type Strict<Entries extends v.ObjectEntries> = v.StrictObjectSchema<Entries, undefined>

/** An object of these fields and no others. */
export interface ClosedObject<Entries extends v.ObjectEntries>
  extends v.BaseSchema<v.InferInput<Strict<Entries>>, v.InferOutput<Strict<Entries>>, v.BaseIssue<unknown>> {
  readonly entries: Entries
}

/**
 * What has to be sent to create something. Each key that is not known is an issue, `UNKNOWN_KEY`; nothing is trimmed
 * unless a field says so. For rules about several fields: `v.pipe(createSchema({ … }), v.check(…))`.
 *
 * `__proto__`, `constructor` and `prototype` as keys are ignored.
 */
export function createSchema<const Entries extends v.ObjectEntries>(entries: Entries): ClosedObject<Entries> {
  // Valibot's strictObject stops at the first key it does not know, and both take a list for an object.
  const object = v.objectWithRest(entries, v.never())
  const run = object['~run']
  return Object.assign(object, {
    '~run': (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) => {
      if (!Array.isArray(dataset.value)) return run.call(object, dataset, config)
      v._addIssue(object, 'type', dataset, config)
      return dataset
    },
  }) as unknown as ClosedObject<Entries>
}

/** The fields of a creation, none of which has to be sent, and without what they are when they are not. */
export type UpdateEntries<Entries extends v.ObjectEntries> = {
  -readonly [Key in keyof Entries]: v.ExactOptionalSchema<Sent<Entries[Key]>, undefined>
}

type Sent<Schema> = Schema extends
  | v.OptionalSchema<infer Wrapped, unknown>
  | v.ExactOptionalSchema<infer Wrapped, unknown>
  ? Wrapped
  : Schema extends v.NullishSchema<infer Wrapped, unknown>
    ? v.NullableSchema<Wrapped, undefined>
    : Schema extends v.GenericSchema
      ? Schema
      : never

/**
 * What can be sent to change it: any of the fields, none of them as well. A field that is not sent is not in the output,
 * whatever its default; `null` is, where the field takes it. `undefined` is refused.
 *
 * Rules about several fields of a creation do not come along, since one of them may not have been sent.
 */
export function updateSchema<const Entries extends v.ObjectEntries>(
  create: v.SchemaWithoutPipe<ClosedObject<Entries>>,
): ClosedObject<UpdateEntries<Entries>> {
  const entries = Object.entries(create.entries).map(([key, schema]) => [
    key,
    v.exactOptional(sent(schema as never)),
  ])
  return createSchema(Object.fromEntries(entries) as UpdateEntries<Entries>)
}

interface Wrapper extends v.GenericSchema {
  readonly wrapped: v.GenericSchema
}

function sent(schema: v.GenericSchema): v.GenericSchema {
  if (schema.type === 'optional' || schema.type === 'exact_optional') return (schema as Wrapper).wrapped
  if (schema.type === 'nullish') return v.nullable((schema as Wrapper).wrapped)
  return schema
}
