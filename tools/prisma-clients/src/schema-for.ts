import { dirname, join, resolve } from 'node:path'

/**
 * Writes a SQLite schema again for another provider. The client goes beside SQLite's: where that one has
 * `output = "…/sqlite"`, this one gets `…/<provider>`. Partial unique indexes are dropped for MySQL, which has none.
 */
export function schemaFor(
  provider: string,
  sqlite: string,
  folder: string,
): { schema: string; output: string } {
  const found = /^\s*output\s*=\s*"(.*\/sqlite)"/m.exec(sqlite)
  if (!found?.[1] || !sqlite.includes('provider = "sqlite"')) {
    throw new Error('The schema must have provider = "sqlite" and an output that ends in /sqlite')
  }
  const output = join(dirname(resolve(folder, found[1])), provider)
  const schema = sqlite
    .replace('provider = "sqlite"', `provider = "${provider}"`)
    .replace(`"${found[1]}"`, JSON.stringify(output))
    .replace(provider === 'mysql' ? /, where: \{[^}]*\}/g : /$^/, '')
  return { schema: `// Written from ../schema.prisma. Do not edit.\n${schema}`, output }
}
