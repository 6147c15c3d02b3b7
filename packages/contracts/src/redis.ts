/** A connection to Redis that may be guarded: deadlines and reconnection are its own affair. */
export interface RedisPort {
  /**
   * Sends a command and returns its reply, as RESP 2 has it: texts, whole numbers, null and lists of them.
   *
   * Rejects with an error of kind `unavailable` when there is no answer in time, and with another when Redis refuses.
   * What was not answered may have been done nevertheless, now or later.
   */
  send(command: readonly string[]): Promise<unknown>
  /** Listens to a channel until the function it returns is called. */
  subscribe(channel: string, subscriber: RedisSubscriber): () => void
}

export interface RedisSubscriber {
  message(text: string): void
  /** Called when messages arrive from now on, at first and again after each loss: what came in between is lost. */
  connected(): void
  /** Called when messages may have stopped to arrive. */
  lost(): void
}
