import { join } from 'node:path'
import { listProofs, type Proof } from './list-proofs.ts'
import type { RunOptions } from './run-proof.ts'
import { readSeed } from './seed.ts'

export interface ProveOptions {
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly print: (line: string) => void
  /** Brings generated code up to date; gives an exit code. */
  readonly generate: () => number
  /** Runs the proof; gives an exit code. */
  readonly run: (file: string, options: RunOptions) => Promise<number>
}

/** Lists the proofs, or runs the one that is named. Resolves with the exit code. */
export async function prove(args: readonly string[], options: ProveOptions): Promise<number> {
  const { root, env, print, generate, run } = options
  const proofs = listProofs(root)
  if (args.length === 0) {
    for (const line of list(proofs)) print(line)
    return 0
  }
  const name = args.join(' ')
  const proof = proofs.find((candidate) => candidate.name === name)
  if (proof === undefined) {
    print(`No proof is named ${name}. Proofs: ${proofs.map((each) => each.name).join(', ') || 'none yet'}`)
    return 1
  }
  const seed = readSeed(env)
  const failed = generate()
  if (failed !== 0) return failed
  print(`Proving ${name}; repeat this run with FASTKIT_SEED=${seed} pnpm prove ${name}`)
  const setup = ['tools/services/src/setup.ts', 'tools/proofs/src/seed-setup.ts'].map((file) =>
    join(root, file),
  )
  return run(proof.file, { root, seed, setup })
}

function list(proofs: readonly Proof[]): string[] {
  if (proofs.length === 0) return ['no proofs yet']
  const width = Math.max(...proofs.map((proof) => proof.name.length))
  return proofs.map((proof) => `${proof.name.padEnd(width)}  ${proof.summary}`.trimEnd())
}
