import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>
  >
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** Why a document is no OpenAPI 3.1; `undefined` when it is. */
export async function documentErrors(document: object): Promise<unknown> {
  const { valid, errors } = await new Validator().validate({ ...document })
  return valid ? undefined : errors
}

/** Why an answer is not what the document says of this route; `undefined` when it is. */
export async function answerErrors(
  document: object,
  [method, path]: readonly [method: string, path: string],
  response: Response,
): Promise<unknown> {
  const responses = (document as Document).paths[path]?.[method]?.responses
  const described = responses?.[response.status] ?? responses?.['default']
  if (!described) return `status ${response.status} is not described`
  const text = await response.text()
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] as string
  if (!described.content) return text === '' ? undefined : `a body with ${response.status}`
  const schema = described.content[type]?.schema
  if (!schema) return `${type} is not described`
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { decimal: true } })
  ;(formats as unknown as (one: Ajv2020) => void)(ajv)
  ajv.addSchema(document, 'document')
  const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'))
  return ajv.validate(rooted, JSON.parse(text)) ? undefined : { text, errors: ajv.errors }
}
