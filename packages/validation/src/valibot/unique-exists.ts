import * as v from 'valibot'

/** The part of a repository that is asked; one of `@fastkit/db` fits as it is. */
export interface RowLookup<Filter> {
  exists(filter: Filter): Promise<boolean>
}

/**
 * Refuses a value that a row has already: `v.pipeAsync(email(), unique(clients, (email) => ({ email })))`, for
 * `validateAsync`. For an update, let the filter leave the row itself out: `{ email, id__ne: id }`.
 *
 * It tells a user early and promises nothing: another request may take the value between the question and the row.
 * Only a unique index decides that, and its violation has to be handled all the same.
 *
 * Nothing is asked for a value that breaks a rule before it. What the lookup throws passes through, and is no 422.
 */
export function unique<Value, Filter>(
  rows: RowLookup<Filter>,
  filterOf: (value: Value) => Filter,
): v.RawCheckActionAsync<Value> {
  return ask(rows, filterOf, false, 'UNIQUE')
}

/**
 * Refuses a value that no row has: `v.pipeAsync(integer(), exists(clients, (id) => ({ id })))`, for `validateAsync`.
 *
 * The row may be gone a moment later: only a foreign key decides that.
 */
export function exists<Value, Filter>(
  rows: RowLookup<Filter>,
  filterOf: (value: Value) => Filter,
): v.RawCheckActionAsync<Value> {
  return ask(rows, filterOf, true, 'EXISTS')
}

function ask<Value, Filter>(
  rows: RowLookup<Filter>,
  filterOf: (value: Value) => Filter,
  wanted: boolean,
  code: string,
): v.RawCheckActionAsync<Value> {
  return v.rawCheckAsync<Value>(async ({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.issues !== undefined) return
    if ((await rows.exists(filterOf(dataset.value))) !== wanted) addIssue({ message: code })
  })
}
