import * as v from 'valibot'

/** The `:id` of a path. */
export const IdParam = v.object({
  id: v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'Must be a whole number'), v.transform(Number)),
})
