// Where installed fixtures and Node binaries lie, to be used again by the next run.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
export const FIXTURES = join(ROOT, 'test/e2e/fixtures')
const CACHE = join(ROOT, '.cache/e2e')

/** A folder that is filled once for each key; what a broken attempt left is thrown away. */
export async function cached(
  name: string,
  key: string,
  fill: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = join(CACHE, name)
  const stamp = join(directory, '.filled')
  if (readIfThere(stamp) === key) return directory
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  await fill(directory)
  writeFileSync(stamp, key)
  return directory
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
