import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

interface Answers {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Answers>>>>
}

/** An answer, as far as the document has something to say of it. */
export interface Answered {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly type: string | null
  readonly body: unknown
}

/** Finds what is wrong with an answer by the app's own document; `undefined` when it is as it was promised. */
export function answerCheck(document: ApiDocument): (answered: Answered) => unknown {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ;(formats as unknown as (one: Ajv2020) => void)(ajv)
  ajv.addSchema(document, 'document')
  const paths = Object.keys(document.paths).map((path) => [path, patternOf(path)] as const)
  const compiled = new Map<string, ValidateFunction>()

  return function check({ method, path, status, type, body }) {
    const template = paths.find(([, pattern]) => pattern.test(path))?.[0]
    const responses = template && document.paths[template]?.[method.toLowerCase()]?.responses
    if (!template || !responses) return undefined
    const key = responses[status] ? String(status) : 'default'
    const { content } = responses[key] ?? {}
    if (!content) return body === undefined ? undefined : `${method} ${path}: a body with ${status}`
    const name = type?.split(';', 1)[0] as string
    if (!content[name]) return `${method} ${path}: ${name} with ${status} is not described`
    const pointer = ['paths', template, method.toLowerCase(), 'responses', key, 'content', name, 'schema']
    const validate = compile(`document#/${pointer.map(escaped).join('/')}`)
    return validate(body) ? undefined : { method, path, status, errors: validate.errors }
  }

  function compile($ref: string): ValidateFunction {
    const validate = compiled.get($ref) ?? ajv.compile({ $ref })
    compiled.set($ref, validate)
    return validate
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}(\\?|$)`)
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
