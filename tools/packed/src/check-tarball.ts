import { readFileSync } from 'node:fs'
import { type CheckResult, checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { PackedPackage } from './pack.ts'

/** What publint and "are the types wrong" say about a tarball, and files that do not belong into one. */
export async function checkTarball({ manifest, tarball, files }: PackedPackage): Promise<string[]> {
  const bytes = new Uint8Array(readFileSync(tarball))
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, level: 'warning' })
  const types = await checkPackage(createPackageFromTarballData(bytes))
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`),
    ...typeProblems(types),
    ...strayFiles(files),
  ].map((message) => `${manifest.name}: ${message}`)
}

/** The problems that attw's profile `esm-only` leaves: those of CommonJS and of TypeScript's `node10` do not count. */
export function typeProblems(
  result: Pick<CheckResult, 'types'> & { problems?: readonly TypeProblem[] },
): string[] {
  if (result.types === false) return ['attw: the package contains no types']
  return (result.problems ?? [])
    .filter(({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs')
    .map(({ kind, entrypoint, resolutionKind, fileName }) =>
      ['attw:', kind, entrypoint, resolutionKind, fileName].filter((part) => part !== undefined).join(' '),
    )
}

/** What the kinds of problems have in common. */
interface TypeProblem {
  readonly kind: string
  readonly entrypoint?: string
  readonly resolutionKind?: string
  readonly fileName?: string
}

export function strayFiles(files: readonly string[]): string[] {
  const stray = files.filter((file) =>
    /\.(test|test-d|prove)\.|(^|\/)(test|\.readme)\/|\.tsbuildinfo$/.test(file),
  )
  const missing = ['README.md', 'LICENSE'].filter((file) => !files.includes(file))
  return [
    ...stray.map((file) => `${file} does not belong into the package`),
    ...missing.map((file) => `${file} is missing from the package`),
  ]
}
