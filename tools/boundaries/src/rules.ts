import type { Rule } from './rule.ts'
import { adapter } from './rules/adapter.ts'
import { cycle } from './rules/cycle.ts'
import { dependency } from './rules/dependency.ts'
import { sibling } from './rules/sibling.ts'
import { skeleton } from './rules/skeleton.ts'
import { tarball } from './rules/tarball.ts'
import { testsListed } from './rules/tests-listed.ts'
import type { Workspace } from './workspace.ts'

/** All rules by name; the fixture of a rule is the folder of that name. */
export const rules: Readonly<Record<string, Rule>> = {
  adapter,
  cycle,
  dependency,
  sibling,
  skeleton,
  tarball,
  'tests-listed': testsListed,
}

/** Runs one rule and returns its lines, `path: message`, sorted and each once. */
export function linesOf(rule: Rule, workspace: Workspace): string[] {
  return [...new Set(rule(workspace).map(({ path, message }) => `${path}: ${message}`))].sort()
}
