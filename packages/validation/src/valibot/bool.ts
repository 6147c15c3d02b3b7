import * as v from 'valibot'

/** `true`, `false`, or those as text, as queries and forms have them. `1`, `on`, `yes` and empty text are refused. */
export function bool(): v.GenericSchema<boolean | 'true' | 'false', boolean> {
  return v.pipe(
    v.union([v.boolean(), v.picklist(['true', 'false'])], 'BOOL'),
    v.transform((value) => value === true || value === 'true'),
  )
}
