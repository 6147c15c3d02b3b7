import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { prove } from './src/prove.ts'
import { runProof } from './src/run-proof.ts'

// Behind `pnpm prove [name]`.
const root = join(import.meta.dirname, '../..')

const proving = prove(process.argv.slice(2), {
  root,
  env: process.env,
  print: console.log,
  generate: () => {
    const { error, status } = spawnSync('pnpm', ['run', 'generate'], { cwd: root, stdio: 'inherit' })
    if (error) console.log('pnpm is not on PATH; start this with `npx -y pnpm prove`')
    return status ?? 1
  },
  run: runProof,
})

process.exitCode = await proving.catch((error: Error) => {
  console.log(error.message)
  return 1
})
