import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { clientIpFinder, clientNetwork, type TrustedProxies } from './client-ip.ts'
import { formatIp, isInRange, parseIp, parseRange } from './ip-address.ts'

const seed = { seed: inject('seed') }

describe('addresses', () => {
  test('whatever Node takes for an address is one, and nothing else', () => {
    const pieces = fc.array(
      fc.constantFrom('1', '255', '256', '01', '.', ':', '::', 'f', 'ffff', '%0', ' '),
      { maxLength: 14 },
    )
    const texts = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      pieces.map((list) => list.join('')),
      fc.string(),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseIp(text) !== undefined).toBe(isIP(text) !== 0 && !text.includes('%'))
      }),
      { ...seed, numRuns: 2000 },
    )
  })

  test('in its one spelling, an address is the same address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const parsed = parseIp(text)
        expect(parsed && parseIp(formatIp(parsed))).toEqual(parsed)
      }),
      seed,
    )
  })

  test('ranges hold what Node says they hold', () => {
    const four = fc.tuple(fc.constant('ipv4' as const), fc.ipV4(), fc.ipV4(), fc.nat(32))
    const six = fc.tuple(fc.constant('ipv6' as const), fc.ipV6(), fc.ipV6(), fc.nat(128))
    fc.assert(
      fc.property(fc.oneof(four, six), ([family, network, address, prefix]) => {
        const list = new BlockList()
        list.addSubnet(network, prefix, family)
        const parsed = parseIp(address)
        const range = parseRange(`${network}/${prefix}`)
        if (!parsed || !range || /ffff/i.test(network + address)) return
        expect(isInRange(parsed, range)).toBe(list.check(address, family))
      }),
      seed,
    )
  })

  test.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/-1', 'proxy'])(
    '%s is no range',
    (text) => {
      expect(parseRange(text)).toBeUndefined()
    },
  )

  test('IPv4 in IPv6 is IPv4', () => {
    expect(parseIp('::ffff:192.0.2.1')).toEqual(parseIp('192.0.2.1'))
    expect(parseRange('::ffff:10.0.0.0/104')).toEqual(parseRange('10.0.0.0/8'))
  })
})

function find(trusted: TrustedProxies | undefined, remoteAddress: string | undefined, forwarded?: string) {
  return clientIpFinder(trusted)({ remoteAddress, forwarded, header: 'x-forwarded-for' })
}

test.each<[string, TrustedProxies | undefined, string | undefined, string | undefined, string | undefined]>([
  ['nobody is trusted by default', undefined, '10.0.0.1', '1.2.3.4', '10.0.0.1'],
  ['a trusted proxy tells the client', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['who is no trusted proxy is the client', ['10.0.0.0/8'], '11.0.0.1', '1.2.3.4', '11.0.0.1'],
  ['what the client wrote before is not believed', ['10.0.0.0/8'], '10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
  ['several proxies', ['10.0.0.0/8'], '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', '1.2.3.4'],
  ['a client that calls itself a proxy', ['10.0.0.0/8'], '10.0.0.1', '10.6.6.6, 1.2.3.4', '1.2.3.4'],
  ['all of them proxies: the farthest', ['10.0.0.0/8'], '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['one hop', 1, '10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
  ['two hops', 2, '10.0.0.1', '6.6.6.6, 1.2.3.4, 5.5.5.5', '1.2.3.4'],
  ['no hop', 0, '10.0.0.1', '1.2.3.4', '10.0.0.1'],
  ['more hops than there are', 9, '10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['no header', 1, '10.0.0.1', undefined, '10.0.0.1'],
  ['an empty header', 1, '10.0.0.1', '', '10.0.0.1'],
  ['nonsense ends the search', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4, <script>, 10.0.0.2', '10.0.0.2'],
  ['ports', 1, '10.0.0.1', '1.2.3.4:5678', '1.2.3.4'],
  ['IPv6 with a port', 1, '10.0.0.1', '[2001:DB8::1]:80', '2001:db8:0:0:0:0:0:1'],
  ['IPv6', ['::1'], '::1', '2001:db8::1', '2001:db8:0:0:0:0:0:1'],
  ['a proxy that connects by IPv4 in IPv6', ['10.0.0.0/8'], '::ffff:10.0.0.1', '::ffff:1.2.3.4', '1.2.3.4'],
  ['no connection', 1, undefined, '1.2.3.4', undefined],
])('%s', (_, trusted, remote, header, expected) => {
  expect(find(trusted, remote, header)).toBe(expected)
})

test.each([
  ['for=192.0.2.60;proto=http;by=203.0.113.43', '192.0.2.60'],
  ['For="[2001:db8:cafe::17]:4711"', '2001:db8:cafe:0:0:0:0:17'],
  ['for=6.6.6.6, proto=https; for="192.0.2.43:47011"', '192.0.2.43'],
  ['for=unknown', '10.0.0.1'],
  ['for=_hidden', '10.0.0.1'],
  ['by=192.0.2.1', '10.0.0.1'],
  ['before=192.0.2.1', '10.0.0.1'],
])('Forwarded: %s', (forwarded, expected) => {
  expect(clientIpFinder(1)({ remoteAddress: '10.0.0.1', forwarded, header: 'forwarded' })).toBe(expected)
})

test.each([
  ['host="x;for=6.6.6.6;";for=192.0.2.1'],
  ['for=192.0.2.1;host="a, for=6.6.6.6;"'],
  ['for=6.6.6.6, for=192.0.2.1;host="a\\\\"'],
  ['for=192.0.2.1;host="a\\", for=6.6.6.6;\\""'],
  ['for="6.6.6.6, for=192.0.2.1'],
  ['for=6.6.6.6;x=", for=192.0.2.1;host="a"'],
])('what a proxy quotes of a client is no address: %s', (forwarded) => {
  expect(clientIpFinder(1)({ remoteAddress: '10.0.0.1', forwarded, header: 'forwarded' })).toBe('192.0.2.1')
})

test('ten thousand headers of one client are one client', () => {
  const finder = clientIpFinder(['10.0.0.0/8'])
  const forged = fc
    .oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constant('10.0.0.9'))
    .map((text) => `${text}, 1.2.3.4`)
  fc.assert(
    fc.property(forged, (forwarded) => {
      expect(finder({ remoteAddress: '10.0.0.1', forwarded, header: 'x-forwarded-for' })).toBe('1.2.3.4')
    }),
    { ...seed, numRuns: 10_000 },
  )
})

test('a proxy that is none is refused at once', () => {
  expect(() => clientIpFinder(['proxy.local'])).toThrow(expect.objectContaining({ code: 'WRONG_SETUP' }))
})

test('a client of IPv6 is its /64, whichever of its addresses it takes', () => {
  expect(clientNetwork('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2:0:0:0:0/64')
  expect(clientNetwork('2001:db8:1:2::')).toBe('2001:db8:1:2:0:0:0:0/64')
  expect(clientNetwork('192.0.2.1')).toBe('192.0.2.1')
})
