import type { StandardSchemaV1 } from '@standard-schema/spec'
import { Secret } from './secret.ts'

/** How one variable is read: a Standard Schema from text to value, and what people should know of it. */
export interface Setting<T> extends StandardSchemaV1<unknown, T> {
  readonly '~setting': SettingInfo
}

export interface SettingInfo {
  /** The name of the variable, where it is not taken from the place in the definition. */
  readonly name?: string | undefined
  readonly description?: string | undefined
  /** What the text can be, `a port from 0 to 65535`. */
  readonly expected?: string | undefined
  readonly hasDefault?: boolean
  /** The default, as text; a secret's is not told. */
  readonly defaultText?: string | undefined
  readonly optional?: boolean
  readonly secret?: boolean
}

export interface SettingOptions<T> {
  /** The value when the variable is missing or empty, taken as it is. @default none: the variable is required */
  readonly default?: T
  /** The variable's name. @default from its place: `database.poolSize` is `DATABASE_POOL_SIZE` */
  readonly name?: string
  /** One line for people, in errors and in `.env.example`. */
  readonly description?: string
}

/** Reads a variable by any Standard Schema whose input is text: Valibot's, Zod's, ArkType's. */
export function setting<T>(
  schema: StandardSchemaV1<unknown, T>,
  options: SettingOptions<T> = {},
): Setting<T> {
  const built = build((input) => schema['~standard'].validate(input), options)
  const { secret: hidden, optional: missing } = infoOf(schema)
  const { defaultText, ...info } = built['~setting']
  return {
    ...built,
    '~setting': {
      ...info,
      ...(hidden ? { secret: true } : { defaultText }),
      ...(missing && { optional: true }),
    },
  }
}

/** Reads a variable by a function that returns `undefined` for text it does not accept. */
export function parsed<T>(
  expected: string,
  parse: (text: string) => T | undefined,
  options: SettingOptions<T> = {},
  format: (value: T) => string | undefined = textOf,
): Setting<T> {
  const issue = { issues: [{ message: `must be ${expected}` }] }
  const validate = (input: unknown): StandardSchemaV1.Result<T> => {
    const value = typeof input === 'string' ? parse(input.trim()) : undefined
    return value === undefined ? issue : { value }
  }
  return build(validate, options, { expected, format })
}

/** Makes a variable one that may be missing: its value is then `undefined`. */
export function optional<T>(inner: StandardSchemaV1<unknown, T>): Setting<T | undefined> {
  return {
    '~setting': { ...infoOf(inner), optional: true },
    '~standard': {
      version: 1,
      vendor: 'fastkit',
      validate: (input) =>
        input === undefined && !infoOf(inner).hasDefault
          ? { value: undefined }
          : inner['~standard'].validate(input),
    },
  }
}

/** Hides a value: it prints as `[secret]` wherever it turns up, and its text is in no error. */
export function secret<T>(
  inner: StandardSchemaV1<unknown, T>,
): Setting<Secret<NonNullable<T>> | Extract<T, null | undefined>> {
  const hide = (value: T) => (value === undefined || value === null ? value : new Secret(value))
  return {
    '~setting': { ...infoOf(inner), secret: true, defaultText: undefined },
    '~standard': {
      version: 1,
      vendor: 'fastkit',
      validate: (input) => {
        const result = inner['~standard'].validate(input)
        return 'then' in result || result.issues ? (result as never) : { value: hide(result.value) as never }
      },
    },
  }
}

/** What is known of a setting; of a bare Standard Schema nothing is. */
export function infoOf(schema: StandardSchemaV1): SettingInfo {
  return (schema as Partial<Setting<unknown>>)['~setting'] ?? {}
}

function build<T>(
  validate: (input: unknown) => StandardSchemaV1.Result<T> | Promise<StandardSchemaV1.Result<T>>,
  options: SettingOptions<T>,
  { expected, format = textOf }: { expected?: string; format?: (value: T) => string | undefined } = {},
): Setting<T> {
  const { default: fallback, name, description } = options
  const defaultText = fallback === undefined ? undefined : format(fallback)
  return {
    '~setting': { name, description, expected, hasDefault: fallback !== undefined, defaultText },
    '~standard': {
      version: 1,
      vendor: 'fastkit',
      validate: (input) =>
        input === undefined && fallback !== undefined ? { value: fallback } : validate(input),
    },
  }
}

/** A value as the text that would be read as this value; of others there is none to show. */
function textOf(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined
}
