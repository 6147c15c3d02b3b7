import { createTranslator } from '@fastkit/i18n'
import { safeValidate, validate } from '@fastkit/validation'
import { de } from '@fastkit/validation/translations'
import * as v from 'valibot'
import { compare } from './compare.ts'

const User = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  email: v.pipe(v.string(), v.email()),
  age: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(150)),
  role: v.picklist(['admin', 'user']),
  active: v.boolean(),
  tags: v.array(v.pipe(v.string(), v.maxLength(20))),
  address: v.object({
    street: v.pipe(v.string(), v.minLength(1)),
    city: v.pipe(v.string(), v.minLength(1)),
    zip: v.pipe(v.string(), v.regex(/^\d{5}$/)),
  }),
})
const valid = {
  name: 'Ann Example',
  email: 'ann@example.com',
  age: 42,
  role: 'admin',
  active: true,
  tags: ['a', 'b'],
  address: { street: 'Main Street 1', city: 'Berlin', zip: '10115' },
}
const wrong = {
  name: '',
  email: 'no address',
  age: 1.5,
  role: 'root',
  active: 'yes',
  tags: ['a', 1],
  address: { street: '', zip: 'ABC' },
}
const texts: Readonly<Record<string, string>> = {
  min_length: 'Ist zu kurz',
  email: 'Muss eine E-Mail-Adresse sein',
  integer: 'Muss eine ganze Zahl sein',
  picklist: 'Muss eine der Möglichkeiten sein',
  boolean: 'Muss ja oder nein sein',
  object: 'Fehlt',
  string: 'Muss ein Text sein',
  regex: 'Hat nicht das richtige Format',
}
const i18n = createTranslator({ catalogs: { en: {}, de }, defaultLocale: 'en' })

compare('A body of seven fields that fits', {
  'v.safeParse': () => v.safeParse(User, valid),
  safeValidate: () => safeValidate(User, valid),
  validate: () => validate(User, valid),
})

compare('A body with nine faults, to messages by field', {
  'v.safeParse, v.flatten': flattened,
  'by hand, issues and messages by field': byHand,
  'safeValidate, English': () => errorsOf(safeValidate(User, wrong)),
  'safeValidate, German': () => errorsOf(safeValidate(User, wrong, { locale: 'de' })),
  'safeValidate, German, of a translator': () =>
    errorsOf(safeValidate(User, wrong, { locale: 'de', translator: i18n })),
  'v.parse, caught': () => caught(() => v.parse(User, wrong)),
  'validate, caught': () => caught(() => validate(User, wrong)),
})

function flattened(): unknown {
  const { issues } = v.safeParse(User, wrong)
  return issues && v.flatten(issues)
}

/** The least that says as much in one language, for this body alone: an error without a stack, of issues with codes and parameters. */
function byHand(): unknown {
  const { issues = [] } = v.safeParse(User, wrong)
  const errors: Record<string, string[]> = {}
  const found = issues.map((issue) => {
    const { type, requirement, path, message: told } = issue as Readonly<v.BaseIssue<unknown>>
    const keys: unknown[] = []
    let field = ''
    for (const { key } of path ?? []) {
      keys.push(key)
      field += field === '' ? key : `.${key}`
    }
    const isOwn = !told.startsWith('Invalid ') // what the schema says itself comes first
    const message = isOwn ? told : (texts[type] ?? 'Is not valid')
    errors[field] = [...(errors[field] ?? []), message]
    return { path: keys, code: type.toUpperCase(), message, params: { requirement } }
  })
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  const error = new Error('The input is not valid')
  Error.stackTraceLimit = stackTraceLimit
  return Object.assign(error, { issues: found, errors })
}

function errorsOf(result: ReturnType<typeof safeValidate>): unknown {
  return result.ok ? undefined : result.error.errors
}

function caught(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
