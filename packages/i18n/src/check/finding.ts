export type Rule =
  | 'broken-json'
  | 'duplicate-key'
  | 'no-message'
  | 'bad-placeholder'
  | 'missing-key'
  | 'surplus-key'
  | 'params-differ'
  | 'plural-category'
  | 'select-branch'

/** Something that is wrong with a catalogue. */
export interface Finding {
  readonly rule: Rule
  /** The file, with line and column where they are known. */
  readonly place: string
  readonly locale: string
  readonly key?: string
  readonly message: string
}
