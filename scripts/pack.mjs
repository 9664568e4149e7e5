// Packs the built package into .cache/packed, for the end-to-end tests to install as users would.

import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}.cache/packed`

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const windows = process.platform === 'win32'
execFileSync(windows ? 'npm.cmd' : 'npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: windows,
})
