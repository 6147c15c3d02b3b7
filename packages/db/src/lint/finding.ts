/** One thing in a schema that will not do what the mixins of its model promise. */
export interface Finding {
  readonly rule: LintRule
  /** As in the schema, `InvoiceItem`. */
  readonly model: string
  /** The field, or the fields with `+` between them. */
  readonly field: string
  /** One sentence: what will happen, and what to do where no SQL can tell it. */
  readonly message: string
  /** For the next migration, with the change of the schema as a comment. Absent where it depends on the data. */
  readonly sql?: string
}

export type LintRule =
  | 'column-missing'
  | 'column-type'
  | 'column-required'
  | 'column-optional'
  | 'unique-blocks-reuse'
  | 'unique-never-holds'
  | 'slug-not-unique'
  | 'soft-delete-without-index'
