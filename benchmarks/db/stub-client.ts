type Call = (...args: unknown[]) => Promise<unknown>

/**
 * A client without an engine: it knows the schema of a real one, and answers at once with rows that were prepared. What
 * is left of a call is what our own code costs.
 */
export function stubOf<Client extends { readonly author: unknown }>(
  client: Client,
  rows: readonly { readonly id: number }[],
): Client {
  const [first] = rows
  const one = async () => first
  const keys = [...rows, { id: -1 }].map(({ id }) => ({ id, '~0': id }))
  const author: Readonly<Record<string, Call>> = {
    findUnique: one,
    create: one,
    update: one,
    findMany: async () => rows,
    count: async () => rows.length,
  }
  const { _engineConfig, _runtimeDataModel, _activeProvider } = client as unknown as Record<string, unknown>
  // A copy of the keys, as every answer of a database is one: they may be reversed in place.
  const $queryRawUnsafe: Call = async () => [...keys]
  return { _engineConfig, _runtimeDataModel, _activeProvider, author, $queryRawUnsafe } as unknown as Client
}
