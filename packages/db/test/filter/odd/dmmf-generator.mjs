import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

// A Prisma generator that writes down what Prisma itself makes of a schema. It speaks JSON-RPC: in by stdin, out by
// stderr.
const answer = (id, result) => process.stderr.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`)

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line)
  if (method === 'getManifest') answer(id, { manifest: { prettyName: 'dmmf', defaultOutput: '.' } })
  else {
    writeFileSync(params.generator.output.value, JSON.stringify(params.dmmf.datamodel))
    answer(id, null)
  }
}
