export type Provider = 'sqlite' | 'postgresql'

/** The database that a URL points to: `postgresql://…`, else a SQLite file. */
export function providerOf(url: string): Provider {
  return /^postgres(ql)?:/.test(url) ? 'postgresql' : 'sqlite'
}
