import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { errorSettingsOf } from './error-settings.ts'

/** What Hono's `stream` hands to its callback. */
export type StreamWriter = Parameters<Parameters<typeof stream>[1]>[0]

/**
 * Answers with what the callback writes, as Hono's `stream` does, and breaks the connection when it throws: Hono would
 * end it, and the client take half an answer for a whole one. The logger of `installErrorHandling` hears of it, once.
 *
 * Status and headers go out before the first byte, so set them before.
 */
export function streamed(c: Context, write: (writer: StreamWriter) => Promise<void>): Response {
  c.set(key, true)
  let failing = false
  const { body, status, headers } = stream(c, async (writer) => {
    try {
      await write(writer)
    } catch (thrown) {
      errorSettingsOf(c)?.report(c, thrown, 500)
      await breakConnection(c)
      failing = true
    }
  })
  // For whoever else reads the body, to keep it or where there is no connection of Node's: an error that tells nothing.
  const guarded = body?.pipeThrough(
    new TransformStream({
      flush() {
        if (failing) throw new Error('The answer broke off')
      },
    }),
  )
  return new Response(guarded ?? null, { status, headers })
}

/** Whether `streamed` answered. */
export function isStreamed(c: Context): boolean {
  return c.get(key) === true
}

const key = '~fastkit.streamed'

/**
 * Destroys the answer of `@hono/node-server`, which would write the error into a body that fails and end it well; once
 * it is closed, nobody there reads the body any more.
 */
async function breakConnection(c: Context): Promise<void> {
  const { outgoing } = (c.env ?? {}) as { outgoing?: Outgoing }
  if (!outgoing || outgoing.closed) return
  const closed = new Promise<void>((resolve) => outgoing.once('close', resolve))
  outgoing.destroy()
  await closed
}

interface Outgoing {
  readonly closed: boolean
  once(event: 'close', listener: () => void): unknown
  destroy(): unknown
}
