import type { ModelInfo } from '../../prisma-internals.ts'
import { requireNames, wrong } from '../config-error.ts'

/** A model's slug with everything filled in. */
export interface Slug {
  readonly field: string
  /** The fields it is made from. */
  readonly from: readonly string[]
  readonly maxLength: number
  readonly reserved: ReadonlySet<string>
  readonly onUpdate: boolean
}

/** The same as it is declared. */
export interface DeclaredSlug {
  readonly from?: string | readonly string[]
  readonly field?: string
  readonly maxLength?: number
  readonly reserved?: readonly string[]
  readonly onUpdate?: boolean
}

/** @throws DbError `MIXIN_CONFIG` for what the types refuse */
export function resolveSlug(key: string, declared: DeclaredSlug, model: ModelInfo): Slug {
  requireNames(`slug of ${key}`, declared, ['from', 'field', 'maxLength', 'reserved', 'onUpdate'])
  const {
    from: given,
    field = 'slug',
    maxLength = 80,
    reserved = ['new', 'edit'],
    onUpdate = false,
  } = declared
  if (typeOf(field) !== 'String') throw wrong(`${key} needs a field "${field} String" in schema.prisma`)
  const from = typeof given === 'string' ? [given] : given
  if (!Array.isArray(from) || from.length === 0) {
    throw wrong(`the slug of ${key} needs \`from\`, a field or a list of fields`)
  }
  for (const source of from) {
    const readable = source !== field && ['String', 'Json'].includes(typeOf(source) ?? '')
    if (!readable) throw wrong(`the slug of ${key} cannot be made from "${source}", which is no other text`)
  }
  if (!Number.isInteger(maxLength) || maxLength < 16) {
    throw wrong(`the slug of ${key} needs a maxLength of 16 or more`)
  }
  if (!Array.isArray(reserved) || reserved.some((word) => typeof word !== 'string')) {
    throw wrong(`the reserved slugs of ${key} must be a list of words`)
  }
  return { field, from, maxLength, reserved: new Set(reserved.map((word) => word.toLowerCase())), onUpdate }

  function typeOf(name: string): string | undefined {
    return model.fields.get(name)?.type
  }
}
