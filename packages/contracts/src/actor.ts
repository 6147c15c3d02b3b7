/** On whose behalf something is done. */
export interface Actor {
  readonly id: string
  readonly tenant?: string
  readonly roles?: readonly string[]
}
