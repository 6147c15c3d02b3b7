import * as v from 'valibot'

/**
 * A day that is in the calendar, `'2028-02-29'`, from the year 1 to 9999. It stays text: a day has no time zone, and a
 * `Date` does.
 */
export function isoDate(): v.GenericSchema<string, string> {
  return v.pipe(v.string(), v.regex(day, 'ISO_DATE'))
}

const of31 = '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])'
const of30 = '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)'
const of28 = '02-(?:0[1-9]|1\\d|2[0-8])'
const leapYear = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)'
const day = new RegExp(`^(?!0000)(?:\\d{4}-(?:${of31}|${of30}|${of28})|${leapYear}-02-29)$`)
