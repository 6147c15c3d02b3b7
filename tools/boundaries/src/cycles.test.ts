import { expect, it } from 'vitest'
import { findCycles } from './cycles.ts'

const cyclesOf = (graph: Record<string, string[]>): string[][] => findCycles(new Map(Object.entries(graph)))

it('a graph without a way back has none', () => {
  expect(cyclesOf({ a: ['b', 'c'], b: ['c'], c: [] })).toEqual([])
})

it('a cycle is named once, from its first node', () => {
  expect(cyclesOf({ c: ['a'], a: ['b'], b: ['c'] })).toEqual([['a', 'b', 'c', 'a']])
})

it('the shortest way back is the one that is named', () => {
  expect(cyclesOf({ a: ['b'], b: ['c', 'a'], c: ['a'] })).toEqual([
    ['a', 'b', 'a'],
    ['c', 'a', 'b', 'c'],
  ])
})

it('cycles apart from each other are all named', () => {
  expect(cyclesOf({ a: ['b'], b: ['a'], x: ['y'], y: ['x'] })).toEqual([
    ['a', 'b', 'a'],
    ['x', 'y', 'x'],
  ])
})

it('nodes that only lead to a cycle, unknown nodes and edges to itself are no cycle', () => {
  expect(cyclesOf({ a: ['a', 'b', 'elsewhere'], b: ['c'], c: ['b'] })).toEqual([['b', 'c', 'b']])
})
