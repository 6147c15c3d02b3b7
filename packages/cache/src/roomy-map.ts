/**
 * A Map for what comes and goes all the time, few at once. V8 builds the table of a Map anew whenever its last entry
 * leaves, and when those that left have filled it, which takes as long as a tenth of a load: some that never leave, and
 * are nobody's, make it larger.
 */
export function roomyMap<Value>(): Map<string, Value | undefined> {
  return new Map(Array.from({ length: 16 }, (_, at) => [`\0${at}`, undefined]))
}
