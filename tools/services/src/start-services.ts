import type { Machine } from './machine.ts'
import type { Server } from './server.ts'
import type { Service } from './service.ts'

export interface StartOptions {
  readonly machine: Machine
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: (text: string) => void
}

export interface StartedServices {
  /** By service name; absent when the machine has no such server. */
  readonly urls: Readonly<Partial<Record<Service['name'], string>>>
  stop(): Promise<void>
}

/**
 * Starts all services side by side.
 *
 * A missing one is announced in a banner, or fails with `FASTKIT_REQUIRE_SERVICES=1`; when any fails, those that did
 * start are stopped before the error is thrown. A server that merely listens on a default port is never used: it may
 * hold somebody's data.
 */
export async function startServices(
  services: readonly Service[],
  { machine, env, log }: StartOptions,
): Promise<StartedServices> {
  const servers: Server[] = []
  const urls: Partial<Record<Service['name'], string>> = {}
  const outcomes = await Promise.allSettled(services.map(start))
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  if (failures.length > 0) {
    await stop()
    throw new Error(failures.map((failure) => failure.message).join('\n'), { cause: failures[0].cause })
  }
  return { urls, stop }

  async function stop(): Promise<void> {
    await Promise.all(servers.map((server) => server.stop()))
  }

  async function start(service: Service): Promise<void> {
    const given = env[service.urlVariable]
    if (given !== undefined && given !== '') {
      await reach(service, given)
      urls[service.name] = given
      log(`[services] ${service.name}: ${service.urlVariable}`)
      return
    }
    const startedAt = performance.now()
    const outcome = await service.start(machine).catch((error: unknown) => ({ error }))
    if (outcome !== undefined && 'url' in outcome) {
      servers.push(outcome)
      urls[service.name] = outcome.url
      const tookMs = Math.round(performance.now() - startedAt)
      log(`[services] ${service.name}: ${outcome.program} (${tookMs} ms)`)
      return
    }
    const why = outcome === undefined ? 'no server program found' : String(outcome.error)
    if (env['FASTKIT_REQUIRE_SERVICES'] === '1') {
      throw new Error(`${service.name}: ${why}; FASTKIT_REQUIRE_SERVICES=1 asks for it`, {
        cause: outcome?.error,
      })
    }
    log(banner(service, why))
  }
}

async function reach(service: Service, url: string): Promise<void> {
  try {
    await service.ping(url)
  } catch (error) {
    // The URL may hold a password, so it is not repeated.
    throw new Error(`${service.urlVariable} is set, but no ${service.name} answers there`, { cause: error })
  }
}

function banner(service: Service, why: string): string {
  const line = '!'.repeat(80)
  return [
    '',
    line,
    `!! SKIPPING every ${service.name} test: ${why}`,
    `!! ${service.howToInstall}, or set ${service.urlVariable}`,
    line,
    '',
  ].join('\n')
}
