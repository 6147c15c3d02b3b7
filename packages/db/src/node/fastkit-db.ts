#!/usr/bin/env node
import { lintCommand, type Outcome, usage } from './lint-command.ts'

const { exitCode, stdout, stderr } = await run(process.argv.slice(2))
process.stderr.write(stderr)
// A client's module may have begun what never ends by itself. Leave, but not before everything is written.
process.stdout.write(stdout, () => process.exit(exitCode))

async function run([command, ...args]: readonly string[]): Promise<Outcome> {
  if (command === '--help' || command === '-h' || args.some((arg) => arg === '--help' || arg === '-h')) {
    return { exitCode: 0, stdout: usage, stderr: '' }
  }
  if (command === 'lint') return lintCommand(args)
  const problem = command === undefined ? '' : `fastkit-db: there is no command "${command}"\n`
  return { exitCode: 2, stdout: '', stderr: `${problem}${usage}` }
}
