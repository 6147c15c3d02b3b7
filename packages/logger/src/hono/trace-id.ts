/** Reads the trace id of a `traceparent` header. @see W3C Trace Context §3.2.2 */
export function traceIdOf(header: string | undefined): string | undefined {
  const id = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(header ?? '')?.[1]
  return id === '0'.repeat(32) ? undefined : id
}
