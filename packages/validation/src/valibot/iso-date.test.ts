import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { absent, table } from '../../test/table.ts'
import { isoDate } from './iso-date.ts'

describe('isoDate', () => {
  test('takes days of the calendar, as text', () => {
    table(isoDate(), [
      ['2026-02-28', '2026-02-28'],
      ['2028-02-29', '2028-02-29'],
      ['2000-02-29', '2000-02-29'],
      ['0001-01-01', '0001-01-01'],
      ['9999-12-31', '9999-12-31'],
      ...[
        '',
        '2026-02-29',
        '2026-02-30',
        '1900-02-29',
        '2026-04-31',
        '2026-13-01',
        '2026-00-10',
        '2026-01-00',
        '0000-01-01',
      ].map((input) => [input, ['ISO_DATE']] as const),
      ...[
        '2026-1-1',
        '26-01-01',
        '12026-01-01',
        '+002026-01-01',
        '2026/01/01',
        '01.02.2026',
        '2026-01-01T00:00',
        ' 2026-01-01',
      ].map((input) => [input, ['ISO_DATE']] as const),
      ...['2026-01-01\n', '２026-01-01', '2026-W01', 'today'].map((input) => [input, ['ISO_DATE']] as const),
      [20260101, ['TYPE']],
      [new Date(0), ['TYPE']],
      [null, ['TYPE']],
      absent,
    ])
  })

  test('knows each day of the calendar, and none beside', () => {
    for (let year = 1; year <= 9999; year += year < 2400 && year > 1580 ? 1 : 97) {
      for (let month = 1; month <= 12; month++) {
        for (const day of [1, 28, 29, 30, 31]) {
          const [y, m, d] = [
            String(year).padStart(4, '0'),
            String(month).padStart(2, '0'),
            String(day).padStart(2, '0'),
          ]
          const date = new Date(0)
          date.setUTCFullYear(year, month - 1, day)
          if (v.is(isoDate(), `${y}-${m}-${d}`) !== (date.getUTCDate() === day)) expect.fail(`${y}-${m}-${d}`)
        }
      }
    }
  })
})
