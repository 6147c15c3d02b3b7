import { distance } from 'fastest-levenshtein'

/** Finds the candidate a name was probably meant to be: at most two letters differ, and at most one in four. */
export function nearMiss(name: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; off: number } | undefined
  for (const candidate of candidates) {
    const off = distance(name, candidate)
    if (off > 0 && off <= Math.min(2, name.length / 4) && (!best || off < best.off)) best = { candidate, off }
  }
  return best?.candidate
}
