import { cached, createCache, memoryStore } from '../../src/index.ts'

const cache = createCache(memoryStore())

/** Written with a decorator, and compiled by the test that uses it. */
export class Clients {
  loads = 0
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  @cached({ cache, name: 'clients.find', tags: (id: number) => [`client:${id}`] })
  async find(id: number): Promise<{ id: number; by: string }> {
    this.loads++
    return { id, by: this.name }
  }
}

export { cache }
