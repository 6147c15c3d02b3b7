/** Keys whose values are hidden. Compared without case, `-` and `_`: `apiKey` covers `API_KEY` and `api-key`. */
export const sensitiveKeys: readonly string[] = [
  'auth',
  'authorization',
  'cardNumber',
  'connectionString',
  'cookie',
  'cookies',
  'creditCard',
  'credentials',
  'cvc',
  'cvv',
  'databaseUrl',
  'dsn',
  'jwt',
  'otp',
  'pass',
  'passwordConfirmation',
  'passwordHash',
  'pin',
  'proxyAuthorization',
  'pwd',
  'sessionId',
  'setCookie',
  'ssn',
]

/** Whatever ends like this is hidden, too: `newPassword`, `DB_PASSWORD`, `x-auth-token`, `AWS_SECRET_ACCESS_KEY`. */
export const sensitiveEndings: readonly string[] = [
  'accessKey',
  'apiKey',
  'encryptionKey',
  'passphrase',
  'passwd',
  'password',
  'privateKey',
  'secret',
  'secretKey',
  'signingKey',
  'token',
]

/** Tells sensitive keys from others. Of a path, as pino's `redact` takes them, the last name counts. */
export function isSensitive(more: Iterable<string>): (key: string) => boolean {
  const lastName = (path: string) => path.split('.').at(-1) ?? path
  const names = new Set([...sensitiveKeys, ...[...more].map(lastName)].map(normalise))
  const endings = sensitiveEndings.map(normalise)
  const known = new Map<string, boolean>()
  return (key) => {
    const seen = known.get(key)
    if (seen !== undefined) return seen
    const name = normalise(key)
    const answer = names.has(name) || endings.some((ending) => name.endsWith(ending))
    if (known.size < maxKnown) known.set(key, answer)
    return answer
  }
}

/** Names of keys are few in a program, but may come from data: the memory of them is bounded. */
const maxKnown = 1000

function normalise(key: string): string {
  return key.replace(/[-_]/g, '').toLowerCase()
}
