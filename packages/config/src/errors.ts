import type { AppError, ErrorCode, ErrorKind } from '@fastkit/contracts'

export type ConfigErrorCode = 'CONFIG_INVALID' | 'CONFIG_DEFINITION' | 'DOTENV_SYNTAX'

/** Every code this package throws. */
export const codes: Readonly<Record<ConfigErrorCode, ErrorCode>> = {
  CONFIG_INVALID: { kind: 'internal' },
  CONFIG_DEFINITION: { kind: 'internal' },
  DOTENV_SYNTAX: { kind: 'internal' },
}

/** One variable that is missing or wrong. Its value never appears. */
export interface Problem {
  readonly variable: string
  /** What is wrong, `must be a port from 0 to 65535`. */
  readonly reason: string
  /** What to do about it. */
  readonly fix: string
}

/** What this package throws. The message lists all problems, one on each line, and fits a terminal as it is. */
export class ConfigError extends Error implements AppError {
  static {
    Object.defineProperty(ConfigError.prototype, Symbol.for('fastkit.error'), { value: 1 })
  }

  override readonly name: string = 'ConfigError'
  readonly code: ConfigErrorCode
  readonly kind: ErrorKind
  readonly problems: readonly Problem[]

  constructor(code: ConfigErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.code = code
    this.kind = codes[code].kind
    this.problems = problems
  }
}

/** All problems in one error. One alone fits on one line. */
export function invalidConfig(problems: readonly Problem[]): ConfigError {
  const lines = problems.map(({ variable, reason, fix }) => `${variable} ${reason}: ${fix}`)
  const message =
    lines.length === 1 ? `${lines[0]}` : ['The configuration is not valid:', ...lines].join('\n  ')
  return new ConfigError('CONFIG_INVALID', message, problems)
}
