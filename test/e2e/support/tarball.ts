// The package as published: the tarball that `npm test` packs first.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './cache.js'

export function packedTarball(): { path: string; hash: string } {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  const path = join(ROOT, '.cache/packed', `jest-profiler-${version}.tgz`)
  if (!existsSync(path))
    throw new Error(`${path} is not there. Run \`npm run pretest\`, or \`npm test\` as a whole.`)
  return { path, hash: createHash('sha256').update(readFileSync(path)).digest('hex') }
}
