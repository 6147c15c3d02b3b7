import { checkReferences } from './references.ts'
import type { Scope } from './scope.ts'
import { currentScope, type Target } from './target.ts'
import { checkCreate, checkUpdate, type WriteRules } from './write-rules.ts'

/** Checks new rows, and writes the scope's columns into them. */
export function newRows(target: Target, data: readonly object[]): object[] {
  const scope = currentScope(target)
  const rules = rulesWithin(target.rules, scope)
  for (const row of data) checkCreate(target.source.model, row, rules)
  return scope ? data.map((row) => ({ ...row, ...scope })) : [...data]
}

/** Checks a change, which cannot move a row out of the scope. */
export function checkChange(target: Target, data: object): void {
  checkUpdate(target.source.model, data, rulesWithin(target.rules, currentScope(target)))
}

/** Checks that what data refers to is within the scope, too. No statement without a scope. */
export async function checkScope(target: Target, client: object, data: readonly object[]): Promise<void> {
  const scope = currentScope(target)
  if (scope) await checkReferences(client, target.source, { data, scope })
}

function rulesWithin(rules: WriteRules, scope: Scope | undefined): WriteRules {
  if (!scope) return rules
  const stamped = Object.keys(scope).map((name) => [name, 'its scope'] as const)
  return { ...rules, managed: new Map([...rules.managed, ...stamped]) }
}
