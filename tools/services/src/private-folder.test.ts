import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { inPrivateFolder, privateFolder } from './private-folder.ts'

test('a folder is ours alone, and gone after remove', async () => {
  const folder = privateFolder()
  expect(statSync(folder.path).mode & 0o777).toBe(0o700)
  await folder.remove()
  expect(existsSync(folder.path)).toBe(false)
})

test('a folder does not outlive failed work', async () => {
  let path = ''
  const working = inPrivateFolder(undefined, async (folder) => {
    path = folder.path
    throw new Error('no space')
  })
  await expect(working).rejects.toThrow('no space')
  expect(existsSync(path)).toBe(false)
})

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a test run that gets %s leaves neither process nor folder behind',
  async (signal) => {
    const run = spawn(process.execPath, ['--input-type=module', '-e', testRun], { stdio: 'pipe' })
    const [server, folder] = await firstLine(run.stdout)
    expect(runs(server)).toBe(true)
    expect(existsSync(folder)).toBe(true)
    run.kill(signal)
    await vi.waitFor(() => {
      expect(runs(server)).toBe(false)
      expect(existsSync(folder)).toBe(false)
    }, 5000)
  },
)

/** Runs until it is killed, or for as long as the test may take. */
const testRun = `
  import { startChild } from '${import.meta.dirname}/child.ts'
  import { privateFolder } from '${import.meta.dirname}/private-folder.ts'
  import { readFileSync } from 'node:fs'
  setTimeout(() => process.exit(), 20_000)
  const folder = privateFolder()
  startChild('sh', ['-c', 'sleep 60 & echo $! > written; mv written pid; wait'], { folder, account: undefined })
  const wait = setInterval(() => {
    try {
      console.log(readFileSync(folder.path + '/pid', 'utf8').trim(), folder.path)
      clearInterval(wait)
    } catch {}
  }, 10)
`

function firstLine(stream: NodeJS.ReadableStream): Promise<[server: string, folder: string]> {
  return new Promise((resolve) => {
    stream.once('data', (text) => {
      const [server = '', folder = ''] = String(text).trim().split(' ')
      resolve([server, folder])
    })
  })
}

/** A zombie, which nobody has waited for yet, does not run. */
function runs(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}
