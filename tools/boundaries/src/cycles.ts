/**
 * Finds cycles in a graph, each from its alphabetically first node back to it: `['a', 'b', 'a']`.
 *
 * Every node that stands on a cycle appears at least once. Of cycles that share all their nodes only the shortest
 * is named; the next one shows up when that is gone. An edge from a node to itself is not a cycle.
 */
export function findCycles(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const cycles: string[][] = []
  const named = new Set<string>()
  for (const node of [...graph.keys()].sort()) {
    if (named.has(node)) continue
    const cycle = shortestPath(graph, node)
    if (!cycle) continue
    cycles.push(cycle)
    for (const member of cycle) named.add(member)
  }
  return cycles
}

/** Walks breadth first from a node until it is back there. */
function shortestPath(graph: ReadonlyMap<string, Iterable<string>>, start: string): string[] | undefined {
  const paths = [[start]]
  const seen = new Set<string>()
  for (const path of paths) {
    const node = path.at(-1) as string
    for (const next of [...(graph.get(node) ?? [])].sort()) {
      if (next === start && path.length > 1) return [...path, start]
      if (next === start || seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return undefined
}
