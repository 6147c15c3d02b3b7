import { parseSync, type Statement, Visitor } from 'oxc-parser'

/** One mention of another module. */
export interface Mention {
  /** As written: `./row.ts`, `hono/cors`, `node:fs`. */
  readonly specifier: string
  /** Vanishes when types are stripped. */
  readonly typeOnly: boolean
}

/** What the rules need to know about the text of a file. */
export interface SourceText {
  readonly mentions: readonly Mention[]
  /** Holds a `throw` that makes an error; passing one on (`throw error`, `throw signal.reason`) does not count. */
  readonly throws: boolean
  /** Nothing of it is left when types are stripped. */
  readonly typesOnly: boolean
}

/**
 * Reads what a file imports, in every way TypeScript can say it: static, dynamic, `import('x')` types,
 * `declare module`, `require` and `import.meta.resolve`. A specifier that is computed cannot be seen.
 *
 * Only `import type` counts as types: `import { type X } from 'x'` leaves `import {} from 'x'` behind, which loads x.
 */
export function readSource(path: string, text: string): SourceText {
  const { program, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path} does not parse: ${errors[0].message}`)

  const mentions: Mention[] = []
  let throws = false
  const add = (source: unknown, typeOnly: boolean): void => {
    const specifier = constantText(source)
    if (specifier !== undefined) mentions.push({ specifier, typeOnly })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source, false),
    TSImportType: (node) => add(node.source, true),
    TSExternalModuleReference: (node) => add(node.expression, false),
    TSModuleDeclaration: (node) => add(node.id, true),
    CallExpression: (node) => {
      if (
        /^(require|require\.resolve|import\.meta\.resolve)$/.test(
          text.slice(node.callee.start, node.callee.end),
        )
      )
        add(node.arguments[0], false)
    },
    ThrowStatement: (node) => {
      throws ||= !/^(Identifier|MemberExpression)$/.test(node.argument.type)
    },
  }).visit(program)

  return { mentions, throws, typesOnly: program.body.every(vanishes) }
}

/** Tells whether type stripping removes a top-level statement. */
function vanishes(statement: Statement): boolean {
  switch (statement.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return true
    case 'ImportDeclaration':
      return statement.importKind === 'type'
    case 'ExportAllDeclaration':
      return statement.exportKind === 'type'
    case 'ExportNamedDeclaration':
      if (statement.declaration) return vanishes(statement.declaration)
      return statement.exportKind === 'type' || (!statement.source && statement.specifiers.length === 0)
    default:
      return 'declare' in statement && statement.declare === true
  }
}

/** Returns the text of a string or a template without holes. */
function constantText(node: unknown): string | undefined {
  const literal = node as { type?: string; value?: unknown; quasis?: { value: { cooked: string } }[] } | null
  if (literal?.type === 'TemplateLiteral' && literal.quasis?.length === 1)
    return literal.quasis[0]?.value.cooked
  return literal?.type === 'Literal' && typeof literal.value === 'string' ? literal.value : undefined
}
