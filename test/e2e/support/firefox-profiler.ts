// The Firefox Profiler's own command line. It loads a profile into a daemon, which is stopped afterwards.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, runOrThrow } from './commands.js'
import { nodeBinary } from './node-versions.js'

/** The oldest major version of Node that it runs on. */
const NODE = 24

type Query = <Answer>(...args: string[]) => Promise<Answer>

export interface FirefoxProfiler {
  /** Loads a profile; `use` gets a function that runs commands. */
  load<T>(profile: string, use: (query: Query) => Promise<T>): Promise<T>
}

export async function firefoxProfiler(): Promise<FirefoxProfiler> {
  const script = createRequire(import.meta.url).resolve('@firefox-devtools/profiler-cli')
  const isNewEnough = Number(process.versions.node.split('.')[0]) >= NODE
  const node = isNewEnough ? process.execPath : await nodeBinary(String(NODE))
  await runOrThrow(node, [script, '--version'])
  return {
    async load(profile, use) {
      // The path must be short, because it contains the daemon's socket.
      const folder = mkdtempSync(join(tmpdir(), 'jp-'))
      const env = { PROFILER_CLI_SESSION_DIR: folder, HOME: folder }
      const path = join(folder, 'profile.json')
      writeFileSync(path, profile)
      try {
        await loadInDaemon(node, [script, 'load', path], env)
        return await use(async (...args) => {
          const { stdout } = await runOrThrow(node, [script, ...args, '--json'], { env })
          return JSON.parse(stdout)
        })
      } finally {
        await run(node, [script, 'stop', '--all'], { env })
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

/** Retries, as the command suggests: on a busy machine the daemon may need longer than the 500 ms for which the command waits. */
async function loadInDaemon(node: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  for (let retries = 20; ; retries--) {
    const { exitCode, stdout, stderr } = await run(node, args, { env })
    if (exitCode === 0) return
    const [, daemon] = /may still be running as pid (\d+)/.exec(stderr) ?? []
    if (daemon === undefined || retries === 0)
      throw new Error(`the profile was not loaded:\n${stdout}${stderr}`)
    try {
      process.kill(Number(daemon))
    } catch {
      // The daemon has ended by itself.
    }
  }
}
