// Aliases, since an interface does not fit an index signature.
export type Any<Filters> = { readonly '~any': Filters }
export type All<Filters> = { readonly '~all': Filters }
export type Not<Inner> = { readonly '~not': Inner }

/** Matches what at least one of the filters matches: `any({ city: 'Bonn' }, { rating__gte: 4 })`; of none, nothing. */
export function any<const Filters extends readonly object[]>(...filters: Filters): Any<Filters> {
  return { '~any': filters }
}

/** Matches what every one of the filters matches; of none, everything. */
export function all<const Filters extends readonly object[]>(...filters: Filters): All<Filters> {
  return { '~all': filters }
}

/** Matches exactly what the filter does not match, rows with nulls included. */
export function not<const Inner extends object>(filter: Inner): Not<Inner> {
  return { '~not': filter }
}
