import { expect, test } from 'vitest'
import { defineConfig } from './define-config.ts'
import { group } from './definition.ts'
import { explain } from './explain.ts'
import { override } from './override.ts'
import { Secret } from './secret.ts'
import { optional, secret } from './setting.ts'
import { list } from './settings/compound.ts'
import { port } from './settings/numbers.ts'
import { text } from './settings/texts.ts'

const config = defineConfig(
  {
    app: group({ host: text({ default: 'h' }), port: port({ default: 1 }) }),
    token: optional(secret(text())),
    tags: list(text(), { default: ['a'] }),
  },
  { env: { TOKEN: 't' } },
)

test('some values change, the others and the original stay', () => {
  const changed = override(config, { app: { port: 0 }, tags: ['b', 'c'] })
  expect(changed).toEqual({ app: { host: 'h', port: 0 }, token: new Secret('t'), tags: ['b', 'c'] })
  expect(config.app.port).toBe(1)
  expect(override(changed, { app: { host: 'x' } }).app).toEqual({ host: 'x', port: 0 })
})

test('a secret stays one', () => {
  expect(override(config, { token: 'new' }).token?.reveal()).toBe('new')
  expect(override(config, { token: new Secret('own') }).token?.reveal()).toBe('own')
  expect(override(config, { token: undefined }).token).toBeUndefined()
  const without = defineConfig({ token: optional(secret(text())) }, { env: {} })
  expect(String(override(without, { token: 'late' }).token)).toBe('[secret]')
})

test('the copy is frozen as well, and explains itself', () => {
  const changed = override(config, { app: { port: 0 } })
  expect([Object.isFrozen(changed), Object.isFrozen(changed.app)]).toEqual([true, true])
  expect(explain(changed).map(({ setting, source, value }) => [setting, source, value])).toEqual([
    ['app.host', 'default', 'h'],
    ['app.port', 'override', '0'],
    ['token', 'environment', '[secret]'],
    ['tags', 'default', '["a"]'],
  ])
})

test('a setting that does not exist is refused', () => {
  expect(() => override(config, { app: { prot: 1 } } as never)).toThrow('There is no setting app.prot')
  expect(() => override(config, { toString: 1 } as never)).toThrow('There is no setting toString')
  expect(() => override({ app: {} }, {})).toThrow('This is not a config')
})
