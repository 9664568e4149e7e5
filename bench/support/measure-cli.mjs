// Our own commands, of the last build, measured.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from './commands.mjs'
import { ROOT } from './project.mjs'

const PRELOADED = join(ROOT, 'bench/support/peak-memory.cjs')

/** Wall and CPU time in seconds, and the peak of resident memory in MiB. */
export function measureCli(args, { cwd = tmpdir() } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'jest-profiler-bench-'))
  const path = join(directory, 'peak')
  try {
    const command = [`--require=${PRELOADED}`, join(ROOT, 'build/cli.js'), ...args]
    const { wall, cpu } = measure(process.execPath, command, { cwd, env: { PEAK_MEMORY: path } })
    return { wall, cpu, peak: Number(readFileSync(path, 'utf8')) / 1024 }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
