/** What a list of rows can be sorted by: every column whose values compare, with `-` in front for descending. */
export type SortKey<Row> = Sortable<Row> | `-${Sortable<Row>}`

type Sortable<Row> = {
  [K in keyof Row]: NonNullable<Row[K]> extends Comparable ? K : never
}[keyof Row] &
  string

/** Bytes and JSON do not compare, in the same way on every database. */
type Comparable = string | number | bigint | boolean | Date | DecimalLike

/** The part of a Decimal that tells it from JSON. */
interface DecimalLike {
  toFixed(): string
  toDecimalPlaces(): unknown
}
