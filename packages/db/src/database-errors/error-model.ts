/** What is known of the model a query was made for; the more, the better. */
export interface ErrorModel {
  /** As in the schema, `InvoiceItem`. */
  readonly name: string
  /** Its table, when `@@map` gives it another name. */
  readonly dbName?: string | null | undefined
  readonly fields: ReadonlyMap<string, ErrorField>
  /** Uniques with a name of their own, from `@@unique(map: …)`, and a primary key that is not `id`. */
  readonly uniques?: readonly NamedUnique[] | undefined
}

export interface ErrorField {
  /** What callers call it. */
  readonly name: string
  /** Its column, when `@map` gives it another name. */
  readonly dbName?: string | null | undefined
}

export interface NamedUnique {
  /** The name of the index in the database. */
  readonly name: string
  /** Names of the schema's fields. */
  readonly fields: readonly string[]
}
