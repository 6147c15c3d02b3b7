import type { Context } from 'hono'

/**
 * Sets a header of an answer that does not exist yet.
 *
 * With `@hono/node-server` it is set at Node's own answer: Hono would keep it in a `Headers` object, from which every
 * answer has to be put together and taken apart again. That a handler's header of the same name wins holds either way.
 */
export function setEarlyHeader(c: Context, name: string, value: string): void {
  const { outgoing } = (c.env ?? {}) as { outgoing?: { setHeader?(name: string, value: string): unknown } }
  if (outgoing?.setHeader) outgoing.setHeader(name, value)
  else c.header(name, value)
}
