import type { Import, Package, SourceFile } from '../package.ts'
import type { Violation } from '../rule.ts'
import type { Workspace } from '../workspace.ts'

const CONTRACTS = '@fastkit/contracts'

/**
 * Keeps the published packages apart: they share the types of `@fastkit/contracts` and nothing else, tests included.
 *
 * Contracts itself may hold nothing that runs, or its users would share code through it.
 */
export function sibling({ packages }: Workspace): Violation[] {
  const published = packages.filter(({ group }) => group === 'packages')
  const tools = new Set(packages.filter(({ group }) => group !== 'packages').map(({ name }) => name))
  return published.flatMap((one) =>
    one.sources.flatMap((source) => [
      ...source.imports.flatMap((entry) => {
        const message = crossing(one, source, entry, tools)
        return message === undefined ? [] : [{ path: source.path, message }]
      }),
      ...(one.name === CONTRACTS && source.role === 'published' && !source.typesOnly
        ? [
            {
              path: source.path,
              message:
                'holds code that runs; contracts keeps types only, so use `import type`, `export type` and declarations, and move the rest to the package that needs it',
            },
          ]
        : []),
    ]),
  )
}

function crossing(
  { folder }: Package,
  { role }: SourceFile,
  { specifier, typeOnly, target }: Import,
  tools: ReadonlySet<string>,
): string | undefined {
  if (target.kind === 'file') {
    const shared = role === 'tooling' && !/^(packages|examples|tools)\//.test(target.path)
    if (target.path.startsWith(`${folder}/`) || shared) return undefined
    return `imports '${specifier}', a file outside ${folder}; a package reaches only its own files and what its package.json declares`
  }
  if (target.kind !== 'package') return undefined
  // What starts a database for a test is a tool of the workspace, and not a sibling.
  const refused = target.name.startsWith('@fastkit/') || (role === 'published' && tools.has(target.name))
  if (!refused) return undefined
  if (target.name !== CONTRACTS)
    return `imports '${specifier}'; packages know shapes, not each other: describe what you need in ${CONTRACTS} and take it as an argument`
  if (typeOnly) return undefined
  return `imports '${specifier}' at run time; write \`import type { … }\` or \`export type { … }\`, since \`import { type … }\` still loads the module`
}
