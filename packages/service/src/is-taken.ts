/** Tells whether a write failed because another row has the same value in a column. */
export function isTaken(error: unknown, field: string): boolean {
  const { code, params, issues } = (error ?? {}) as {
    code?: unknown
    params?: { fields?: unknown }
    issues?: readonly { path: readonly unknown[] }[]
  }
  if (code !== 'UNIQUE_VIOLATION') return false
  const fields = Array.isArray(params?.fields) ? (params.fields as unknown[]) : []
  return fields.includes(field) || (issues ?? []).some(({ path }) => path[0] === field)
}
