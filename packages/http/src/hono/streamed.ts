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
  let failing = false
  const { body, status, headers } = stream(c, async (writer) => {
    try {
      await write(writer)
    } catch (thrown) {
      errorSettingsOf(c)?.report(c, thrown, 500)
      failing = !breakConnection(c)
    }
  })
  // Where there is no connection of Node's to break, the body itself fails, with an error that tells nothing.
  const guarded = body?.pipeThrough(
    new TransformStream({
      flush() {
        if (failing) throw new Error('The answer broke off')
      },
    }),
  )
  return new Response(guarded ?? null, { status, headers })
}

/** Destroys the answer of `@hono/node-server`, which would write the error into a body that fails and end it well. */
function breakConnection(c: Context): boolean {
  const { outgoing } = (c.env ?? {}) as { outgoing?: { destroy(): unknown } }
  outgoing?.destroy()
  return outgoing !== undefined
}
