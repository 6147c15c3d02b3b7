import { expect, onTestFinished, test } from 'vitest'
import { runChild } from './child.ts'
import { privateFolder } from './private-folder.ts'

function options() {
  const folder = privateFolder()
  onTestFinished(() => folder.remove())
  return { folder, account: undefined }
}

test('a failing program is an error with its output', async () => {
  const running = runChild('sh', ['-c', 'echo no space; exit 3'], options())
  await expect(running).rejects.toThrow('sh failed (3): no space')
})

test('a program that does not exist is an error', async () => {
  await expect(runChild('/no/such/program', [], options())).rejects.toThrow('not run')
})
