/** Reads the trace id of a `traceparent` header; `undefined` when it is none. @see W3C Trace Context §3.2.2 */
export function traceIdIn(header: string | undefined): string | undefined {
  const match = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/.exec(
    header ?? '',
  )
  const [, version, id, rest] = match ?? []
  return version === '00' && rest !== undefined ? undefined : id // later versions may say more
}
