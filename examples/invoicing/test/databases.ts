import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '@tools/services'
import { inject } from 'vitest'
import type { Provider } from '../src/database/provider.ts'

/** The databases at hand. A server that is missing was announced, or failed the run, when the services started. */
export const providers: readonly Provider[] = inject('postgresqlUrl') ? ['sqlite', 'postgresql'] : ['sqlite']

/** An empty database of a test's own. */
export async function emptyDatabase(provider: Provider): Promise<{ url: string; drop(): Promise<void> }> {
  if (provider === 'postgresql') return createDatabase(inject('postgresqlUrl') as string)
  const folder = await mkdtemp(join(tmpdir(), 'invoicing-'))
  return { url: `file:${join(folder, 'test.db')}`, drop: () => rm(folder, { recursive: true }) }
}
