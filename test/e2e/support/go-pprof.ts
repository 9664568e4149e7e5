// Go's own pprof, which comes with Go.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface GoPprof {
  /** Runs pprof in a folder and returns its output. Throws when it exits with an error. */
  run: (directory: string, args: readonly string[]) => { stdout: string; stderr: string }
  remove: () => void
}

/** Throws when Go is not installed. */
export function goPprof(): GoPprof {
  if (spawnSync('go', ['version']).error !== undefined)
    throw new Error('Go is not installed. Get it from https://go.dev/dl')
  // Go writes its files below this folder.
  const home = mkdtempSync(join(tmpdir(), 'jest-profiler-go-'))
  const {
    GOCACHE: _,
    GOPATH: _path,
    XDG_CONFIG_HOME: _config,
    XDG_CACHE_HOME: _cache,
    ...inherited
  } = process.env
  const env = {
    ...inherited,
    HOME: home,
    USERPROFILE: home,
    PPROF_TMPDIR: home,
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
  }
  const run: GoPprof['run'] = (cwd, args) => {
    const { status, stdout, stderr } = spawnSync('go', ['tool', 'pprof', ...args], {
      cwd,
      env,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`go tool pprof ${args.join(' ')} ended with ${status}: ${stderr}`)
    return { stdout, stderr }
  }
  return { run, remove: () => rmSync(home, { recursive: true, force: true }) }
}
