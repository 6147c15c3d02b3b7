import type { StandardSchemaV1 } from '@standard-schema/spec'
import { infoOf, parsed, type Setting, type SettingOptions, setting } from '../setting.ts'
import { text } from './texts.ts'

/** Values with commas between them, each read by `item`. Blanks around a value are dropped; an empty one is wrong. */
export function list<T = string>(
  item: StandardSchemaV1<unknown, T> = text() as never,
  options: SettingOptions<T[]> = {},
): Setting<T[]> {
  const { expected = 'a value' } = infoOf(item)
  return parsed(`a list with commas, each ${expected}`, parse, options, format)

  function format(values: T[]): string | undefined {
    const simple = values.every((value) => typeof value !== 'object' && !String(value).includes(','))
    return simple ? values.join(',') : undefined
  }

  function parse(input: string): T[] | undefined {
    const parts = input.split(',').map((part) => part.trim())
    if (parts.includes('')) return undefined
    const results = parts.map((part) => item['~standard'].validate(part))
    const values = results.flatMap((result) => ('value' in result && !result.issues ? [result.value] : []))
    return values.length === results.length ? values : undefined
  }
}

/** JSON that fits a schema. */
export function json<T>(schema: StandardSchemaV1<unknown, T>, options: SettingOptions<T> = {}): Setting<T> {
  return setting(
    {
      '~standard': {
        version: 1,
        vendor: 'fastkit',
        validate: (input) => {
          try {
            return schema['~standard'].validate(JSON.parse(String(input)))
          } catch {
            return { issues: [{ message: 'must be JSON' }] }
          }
        },
      },
    },
    options,
  )
}
