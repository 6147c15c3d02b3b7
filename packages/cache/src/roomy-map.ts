/**
 * A Map for what comes and goes all the time, a few at once. V8 makes a new table whenever the last entry of a Map leaves,
 * and whenever those that left have filled it: a tenth of what a load that is kept takes. Sixteen entries that never
 * leave, under keys that nobody has, spare it most of that. Walking over it meets them.
 */
export function roomyMap<Value>(): Map<string | symbol, Value | undefined> {
  return new Map(Array.from({ length: 16 }, () => [Symbol(), undefined]))
}
