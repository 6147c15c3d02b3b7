import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export interface Proof {
  /** The file name without `.prove.ts`. */
  readonly name: string
  readonly file: string
  /** First line of the doc comment at the top of the file; empty without one. */
  readonly summary: string
}

/** Finds every proof below the repository `root`, by name. Throws when two have the same name. */
export function listProofs(root: string): Proof[] {
  const files = globSync('{packages,examples,tools}/*/src/**/*.prove.ts', { cwd: root }).sort()
  const proofs = new Map<string, Proof>()
  for (const file of files) {
    const name = basename(file, '.prove.ts')
    if (proofs.has(name)) throw new Error(`Two proofs are named ${name}; one is ${file}`)
    const path = join(root, file)
    proofs.set(name, { name, file: path, summary: summaryOf(readFileSync(path, 'utf8')) })
  }
  return [...proofs.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

function summaryOf(source: string): string {
  const comment = /^\s*\/\*\*(.*?)\*\//s.exec(source)?.[1] ?? ''
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*?\s*/, '').trim())
  return lines.find((line) => line !== '') ?? ''
}
