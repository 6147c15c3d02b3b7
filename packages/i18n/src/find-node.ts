import { isObject } from './is-object.ts'

/** Finds what a dotted key leads to, by own properties only. A key with dots in a catalogue is found as it is. */
export function findNode(catalog: unknown, key: string): unknown {
  let [node, rest] = [catalog, key]
  while (isObject(node)) {
    if (Object.hasOwn(node, rest)) return node[rest]
    const dot = rest.indexOf('.')
    const head = rest.slice(0, dot)
    if (dot === -1 || !Object.hasOwn(node, head)) return undefined
    node = node[head]
    rest = rest.slice(dot + 1)
  }
  return undefined
}
