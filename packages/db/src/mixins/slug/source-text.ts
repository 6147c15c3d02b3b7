import { isShape, type Shape } from '../../rewrite/shape.ts'

/** The text that a slug is made from: that of its fields, in their order. */
export function sourceText(row: Shape, from: readonly string[]): string {
  return from.map((name) => textOf(row[name])).join(' ')
}

/** The text of one field. A text in several languages counts by the first of them. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (!isShape(value)) return ''
  const { set = Object.values(value).find((text) => typeof text === 'string') } = value
  return typeof set === 'string' ? set : textOf(set)
}
