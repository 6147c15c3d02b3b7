import type { Context } from 'hono'
import { type NodeBindings, nodeBindings } from './node-request.ts'

/**
 * Sets a header of an answer that does not exist yet.
 *
 * With `@hono/node-server` it is set at Node's own answer: Hono would keep it in a `Headers` object, from which every
 * answer has to be put together and taken apart again. That a handler's header of the same name wins, and that
 * `c.header(name, undefined)` takes it away, holds either way.
 */
export function setEarlyHeader(c: Context, name: string, value: string): void {
  const outgoing = outgoingOf(c)
  if (!outgoing) c.header(name, value)
  else if (!outgoing.headersSent) outgoing.setHeader(name, value)
}

/** The same, for a header that is a list: others may have set it before. */
export function appendEarlyHeader(c: Context, name: string, value: string): void {
  const outgoing = outgoingOf(c)
  if (!outgoing) c.header(name, value, { append: true })
  else if (!outgoing.headersSent) {
    const before = outgoing.getHeader(name)
    outgoing.setHeader(name, before === undefined ? value : `${before}, ${value}`)
  }
}

const key = '~fastkit.outgoing'

function outgoingOf(c: Context): NodeBindings['outgoing'] | undefined {
  const known = c.get(key) as NodeBindings['outgoing'] | undefined
  if (known) return known
  const outgoing = nodeBindings(c)?.outgoing
  if (!outgoing) return undefined
  c.set(key, outgoing)
  // Bound, and no closure: V8 would let closures here live, with all of their requests, until its next long collection.
  c.header = setOrRemove.bind(undefined, c.header, outgoing)
  return outgoing
}

function setOrRemove(
  set: Context['header'],
  outgoing: NodeBindings['outgoing'],
  name: string,
  value?: string,
  options?: { append?: boolean },
): void {
  if (value === undefined && !outgoing.headersSent) outgoing.removeHeader(name)
  set(name, value, options)
}
