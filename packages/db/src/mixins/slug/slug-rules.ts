import { DbError } from '../../errors.ts'
import type { ModelRules } from '../../rewrite/rules.ts'
import { isAbsent, isShape, type Shape } from '../../rewrite/shape.ts'
import { isSlug } from './is-slug.ts'
import type { Slug } from './resolve-slug.ts'

/** Refuses a slug that is given and is none. It is not put right: whoever gives one expects to find it. */
export function slugRules(slug: Slug): ModelRules {
  const check = (data: Shape) => {
    const given = givenSlug(data, slug)
    if (typeof given === 'string') checkSlug(given, slug)
    return data
  }
  return { collectsWrites: true, create: check, update: check }
}

/** The slug that data brings along, in either of Prisma's ways to write it. `undefined` when it does not. */
export function givenSlug(data: Shape, { field }: Slug): unknown {
  const value = data[field]
  if (isAbsent(value)) return undefined
  return isShape(value) ? value['set'] : value
}

function checkSlug(given: string, { field, maxLength, reserved }: Slug): void {
  if (given.length <= maxLength && !reserved.has(given) && isSlug(given)) return
  const expected = reserved.has(given)
    ? 'a slug that is not reserved'
    : `a slug: lower-case letters, digits and single hyphens between them, ${maxLength} characters at most`
  throw new DbError('FIELD_VALUE', `"${field}" takes ${expected}`, {
    params: { field, expected },
    issues: [{ path: [field], code: 'SLUG', message: `Must be ${expected}`, params: { expected } }],
  })
}
