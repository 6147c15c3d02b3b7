import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Finding } from '../lint/finding.ts'
import { lintClient, lintSchema } from '../lint/lint-schema.ts'

/** How a command ended, and what it has to say. */
export interface Outcome {
  /** 0 nothing found, 1 findings, 2 wrong use. */
  readonly exitCode: 0 | 1 | 2
  readonly stdout: string
  readonly stderr: string
}

export const usage = `usage: fastkit-db lint --client <module>
       fastkit-db lint --schema <file or folder> (--client <module> | --mixins <json>)

Compares a Prisma schema with the mixins of its models, and prints what will not do what they promise.

  --client <module>   the module of the app that exports its client, extended with mixins(…)
  --schema <path>     the schema itself, where the client is not, or not lately, generated from it
  --mixins <json>     the declarations: '{"article":{"softDelete":true}}'
  --except <place>    leaves out findings at a place, Model.field; may be repeated
  --json              prints the findings as JSON

Ends with 0 when nothing is found, 1 with findings, 2 when it is used wrongly or cannot read what it needs.
`

/** Runs `fastkit-db lint` on the arguments after `lint`. Never throws. */
export async function lintCommand(args: readonly string[]): Promise<Outcome> {
  try {
    const options = readOptions(args)
    const found = await findingsOf(options)
    const shown = found.filter((finding) => !options.except.includes(placeOf(finding)))
    const stdout = options.json ? `${JSON.stringify(shown, null, 2)}\n` : textOf(shown)
    return { exitCode: shown.length > 0 ? 1 : 0, stdout, stderr: '' }
  } catch (error) {
    return { exitCode: 2, stdout: '', stderr: `fastkit-db: ${messageOf(error)}\n` }
  }
}

interface Options {
  readonly client?: string | undefined
  readonly schema?: string | undefined
  readonly mixins?: string | undefined
  readonly except: readonly string[]
  readonly json: boolean
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      client: { type: 'string' },
      schema: { type: 'string' },
      mixins: { type: 'string' },
      except: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  })
  const { client, schema, mixins } = values
  if ((client === undefined) === (mixins === undefined)) throw new Error('give either --client or --mixins')
  if (mixins !== undefined && schema === undefined) throw new Error('--mixins needs --schema')
  return values
}

async function findingsOf({ client, schema, mixins = '' }: Options): Promise<Finding[]> {
  const text = schema === undefined ? undefined : await readSchema(schema)
  if (client === undefined) return lintSchema(text ?? '', readMixins(mixins))
  return (await readClients(client)).flatMap((each) =>
    text === undefined ? lintClient(each) : lintSchema(text, each.$fastkit.config),
  )
}

interface Client {
  readonly $fastkit: { readonly config: Readonly<Record<string, unknown>> }
}

async function readClients(path: string): Promise<readonly Client[]> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(resolve(path)).href)
  const clients = [...new Set(Object.values(module))].filter(isClient)
  if (clients.length === 0) throw new Error(`${path} exports no client that is extended with mixins(…)`)
  return clients
}

function isClient(value: unknown): value is Client {
  return typeof value === 'object' && value !== null && '$fastkit' in value
}

function readMixins(json: string): Readonly<Record<string, unknown>> {
  const mixins = parsed(json)
  if (typeof mixins === 'object' && mixins !== null && !Array.isArray(mixins)) {
    return mixins as Record<string, unknown>
  }
  throw new Error('--mixins must be a JSON object')
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** A folder holds the schema in several files. */
async function readSchema(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return readFile(path, 'utf8')
  const files = (await readdir(path, { recursive: true })).filter((file) => file.endsWith('.prisma')).sort()
  return (await Promise.all(files.map((file) => readFile(join(path, file), 'utf8')))).join('\n')
}

function placeOf({ model, field }: Finding): string {
  return `${model}.${field}`
}

function textOf(findings: readonly Finding[]): string {
  const lines = findings.flatMap((finding) => [
    `${placeOf(finding)}: ${finding.message} (${finding.rule})`,
    ...(finding.sql?.split('\n').map((line) => `    ${line}`) ?? []),
  ])
  const count = findings.length === 1 ? '1 finding' : `${findings.length || 'No'} findings`
  return `${[...lines, count].join('\n')}\n`
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as Error & { readonly code?: unknown }
  return code === 'ERR_UNKNOWN_FILE_EXTENSION'
    ? `${error.message}; TypeScript needs Node 22.18, or a loader: NODE_OPTIONS='--import tsx'`
    : error.message
}
