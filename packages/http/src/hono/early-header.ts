import type { Context } from 'hono'
import { type NodeBindings, nodeBindings } from './node-request.ts'

/**
 * Sets a header of an answer that does not exist yet.
 *
 * With `@hono/node-server` it is set at Node's own answer: Hono would keep it in a `Headers` object, from which every
 * answer has to be put together and taken apart again. That a handler's header of the same name wins, and that
 * `c.header(name, undefined)` takes it away, holds either way. Elsewhere `completeAnswer` belongs to it.
 */
export function setEarlyHeader(c: Context, name: string, value: string): void {
  const outgoing = outgoingOf(c)
  if (outgoing) {
    if (!outgoing.headersSent) outgoing.setHeader(name, value)
    return
  }
  const remembered = rememberedOf(c)
  c.header(name, value)
  remembered.set(name.toLowerCase(), value)
}

/** The same, for a header that is a list: others may have set it before. */
export function appendEarlyHeader(c: Context, name: string, value: string): void {
  const outgoing = outgoingOf(c)
  const before = outgoing ? outgoing.getHeader(name) : rememberedOf(c).get(name.toLowerCase())
  setEarlyHeader(c, name, before === undefined ? value : `${before}, ${value}`)
}

/**
 * The same, for a header that whatever else names its part of adds to, and looks for where Hono keeps it: `Vary`. Needs
 * `completeAnswer` everywhere.
 */
export function setSharedHeader(c: Context, name: string, value: string): void {
  const remembered = rememberedOf(c)
  c.header(name, value, { append: true })
  remembered.set(name.toLowerCase(), value)
}

/** Gives an answer that did not come by way of Hono's context, a bare `Response`, the early headers that it has not. */
export function completeAnswer(c: Context): void {
  const remembered = c.get(rememberedKey) as Remembered | undefined
  if (!remembered || c.res.status === 101) return // a connection that becomes another has no answer to complete
  for (const [name, value] of remembered) if (!c.res.headers.has(name)) c.header(name, value)
}

const outgoingKey = '~fastkit.outgoing'

function outgoingOf(c: Context): NodeBindings['outgoing'] | undefined {
  const known = c.get(outgoingKey) as NodeBindings['outgoing'] | undefined
  if (known) return known
  const outgoing = nodeBindings(c)?.outgoing
  if (!outgoing) return undefined
  c.set(outgoingKey, outgoing)
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

/** What nobody has set otherwise or taken away since, by names in small letters. */
type Remembered = Map<string, string>

const rememberedKey = '~fastkit.early-headers'

function rememberedOf(c: Context): Remembered {
  const known = c.get(rememberedKey) as Remembered | undefined
  if (known) return known
  const remembered: Remembered = new Map()
  c.set(rememberedKey, remembered)
  c.header = setAndForget.bind(undefined, c.header, remembered)
  return remembered
}

function setAndForget(
  set: Context['header'],
  remembered: Remembered,
  name: string,
  value?: string,
  options?: { append?: boolean },
): void {
  remembered.delete(name.toLowerCase())
  set(name, value, options)
}
