import { anyKey } from '../keys/pattern.ts'
import type { StoreChange } from '../shared-store.ts'

export const everything: StoreChange = { pattern: anyKey }

/** Reads a change from a message; undefined for anything else. */
export function changeOf(value: unknown): StoreChange | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { keys, tags, group, pattern } = value as Record<string, unknown>
  if (areTexts(keys)) return { keys }
  if (areTexts(tags)) return { tags }
  if (areTexts(pattern) && pattern.length > 1) return { pattern }
  return typeof group === 'string' ? { group } : undefined
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}
