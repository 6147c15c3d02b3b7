import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { json, list } from './compound.ts'
import { int, number, port } from './numbers.ts'
import { bool, oneOf, text, url } from './texts.ts'
import { duration, size } from './units.ts'

const refused = Symbol('refused')

function read(schema: StandardSchemaV1, input: string | undefined): unknown {
  const result = schema['~standard'].validate(input)
  return 'value' in result && !result.issues ? result.value : refused
}

const tables: [string, StandardSchemaV1, [string, unknown][], string[]][] = [
  [
    'text',
    text(),
    [
      ['a', 'a'],
      [' a b ', 'a b'],
      ['0', '0'],
      ['true', 'true'],
    ],
    ['  '],
  ],
  [
    'int',
    int(),
    [
      ['0', 0],
      ['7', 7],
      ['-12', -12],
      [' 5 ', 5],
      ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ],
    [
      '',
      '1.0',
      '1e3',
      '007',
      '+5',
      '--5',
      '1_000',
      '1,000',
      '0x10',
      'NaN',
      'Infinity',
      '9007199254740993',
      '80abc',
      '-0',
      '१',
    ],
  ],
  [
    'int from 1 to 5',
    int({ min: 1, max: 5 }),
    [
      ['1', 1],
      ['5', 5],
    ],
    ['0', '6', '-1'],
  ],
  [
    'number',
    number(),
    [
      ['0', 0],
      ['1.5', 1.5],
      ['-0.25', -0.25],
      ['10', 10],
    ],
    ['1e5', '.5', '5.', 'nan', 'inf', '1_0.0', '0x1', '1,5', '1.5.2', '9'.repeat(400)],
  ],
  ['number at least 0', number({ min: 0 }), [['0', 0]], ['-0.1']],
  [
    'port',
    port(),
    [
      ['0', 0],
      ['80', 80],
      ['65535', 65535],
    ],
    ['65536', '-1', '80abc', '080', '3000.0', '1e3', ' '],
  ],
  [
    'bool',
    bool(),
    [
      ['true', true],
      ['TRUE', true],
      ['1', true],
      ['yes', true],
      ['on', true],
      ['false', false],
      ['0', false],
      ['No', false],
      ['off', false],
    ],
    ['2', 'y', 't', 'ja', 'null', '-1'],
  ],
  [
    'oneOf',
    oneOf(['a', 'B']),
    [
      ['a', 'a'],
      ['B', 'B'],
    ],
    ['A', 'b', 'toString', 'a,B'],
  ],
  [
    'url',
    url(),
    [
      ['https://example.com', 'https://example.com'],
      ['postgresql://u:p@h/db', 'postgresql://u:p@h/db'],
      ['file:./a.db', 'file:./a.db'],
    ],
    [
      'localhost:3000',
      'example.com',
      '//example.com',
      'https://',
      'mailto:a@b.c',
      'http://a b',
      'javascript:alert(1)',
    ],
  ],
  [
    'url of two schemes',
    url({ protocols: ['postgresql', 'file'] }),
    [['file:a', 'file:a']],
    ['https://a', 'postgres://a'],
  ],
  [
    'duration',
    duration(),
    [
      ['0', 0],
      ['500ms', 500],
      ['1s', 1000],
      ['1.5s', 1500],
      ['10m', 600_000],
      ['2h', 7_200_000],
      ['1d', 86_400_000],
      ['5 s', 5000],
    ],
    [
      '5',
      '0.4ms',
      '1.5ms',
      '1e3',
      '1e3s',
      '-1s',
      '1w',
      's',
      '1S',
      '01s',
      '1s2m',
      '99999999999999d',
      'Infinity',
    ],
  ],
  [
    'size',
    size(),
    [
      ['0', 0],
      ['10B', 10],
      ['1kB', 1000],
      ['1KB', 1000],
      ['10GB', 10_000_000_000],
      ['1KiB', 1024],
      ['1.5 MiB', 1_572_864],
      ['2gib', 2_147_483_648],
    ],
    ['10', '10G', '-1MB', '1e3kb', '1TB', '99999999GB'],
  ],
  [
    'list',
    list(),
    [
      ['a', ['a']],
      ['a, b ,c', ['a', 'b', 'c']],
    ],
    ['a,,b', ',', 'a,'],
  ],
  ['list of int', list(int()), [['1,2', [1, 2]]], ['1,x', '1;2']],
  [
    'json',
    json(v.object({ a: v.number() })),
    [
      ['{"a":1}', { a: 1 }],
      ['{"a":1,"__proto__":{"b":2}}', { a: 1 }],
    ],
    ['{"a":"1"}', '{', '', 'undefined'],
  ],
]

describe.each(tables)('%s', (_, schema, accepted, wrong) => {
  test.each(accepted)('reads %j', (input, value) => {
    expect(read(schema, input)).toEqual(value)
  })
  test.each(wrong)('refuses %j', (input) => {
    expect(read(schema, input)).toBe(refused)
  })
  test('is required', () => {
    expect(read(schema, undefined)).toBe(refused)
  })
})

test('a default stands in for a missing value, not for a wrong one', () => {
  expect(read(port({ default: 0 }), undefined)).toBe(0)
  expect(read(bool({ default: false }), undefined)).toBe(false)
  expect(read(list(text(), { default: [] }), undefined)).toEqual([])
  expect(read(port({ default: 80 }), 'x')).toBe(refused)
})

test('nothing pollutes Object', () => {
  read(json(v.any()), '{"__proto__":{"polluted":1}}')
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})
