import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'

/** Type-checks a module that imports every name, and our declarations that it reaches. */
export async function checkTypes(names: readonly string[], folder: string, root: string): Promise<string[]> {
  const lines = names.map((name, index) => `import * as m${index} from '${name}'\nvoid m${index}\n`)
  writeFileSync(join(folder, 'consumer.mts'), lines.join(''))
  const compilerOptions = {
    strict: true,
    target: 'es2023',
    module: 'nodenext',
    types: ['node'],
    noEmit: true,
    skipLibCheck: false, // else an import that our own declarations cannot resolve would silently be `any`
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.mts'] }))
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { code, stdout, stderr } = await run(tsc, ['-p', '.', '--pretty', 'false'], { cwd: folder })
  if (code !== 0 && stdout === '') return [`tsc ended with ${code}: ${stderr}`]
  return ourErrors(stdout)
}

/** Errors in our declarations or in the importing file; those of other libraries (Hono's need the DOM) are not ours. */
export function ourErrors(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => /error TS\d+/.test(line) && !line.startsWith(' '))
    .filter((line) => !line.startsWith('node_modules/') || line.startsWith('node_modules/@fastkit/'))
    .map((line) => line.replace('node_modules/', ''))
}
