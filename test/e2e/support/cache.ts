// The cache of installed fixtures and Node binaries, for the next run.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
export const FIXTURES = join(ROOT, 'test/e2e/fixtures')
const CACHE = join(ROOT, '.cache/e2e')

/** A folder that is filled once for each key; the result of a failed attempt is discarded. */
export async function cached(
  name: string,
  key: string,
  fill: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = join(CACHE, name)
  const stamp = join(directory, '.filled')
  if (readIfThere(stamp) === key) return directory
  await exclusively(name, async () => {
    // Another process has filled it in the meantime.
    if (readIfThere(stamp) === key) return
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory, { recursive: true })
    await fill(directory)
    writeFileSync(stamp, key)
  })
  return directory
}

/** Runs the action in one process at a time, because test files run in several. */
export async function exclusively(name: string, action: () => Promise<void>): Promise<void> {
  mkdirSync(CACHE, { recursive: true })
  const lock = join(CACHE, `${name}.lock`)
  while (!hasTaken(lock)) await sleep(100)
  try {
    await action()
  } finally {
    rmSync(lock)
  }
}

function hasTaken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // The process that held the lock may have ended.
    if (!isAlive(Number(readIfThere(lock)))) rmSync(lock, { force: true })
    return false
  }
}

/** Whether the process is running; true for 0, the id in a lock that has none yet. */
function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
