// Runs commands as a user would, in a clean environment, and collects their output.

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { isAgent } from '../../../src/jest/agents.js'

export interface Finished {
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface CommandOptions extends Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> {
  env?: NodeJS.ProcessEnv
  /** Ends the command with SIGINT some milliseconds after it printed a match to stderr, because watch mode never ends by itself. */
  interruptAfter?: { printed: RegExp; ms: number }
  /** Ends the command and its child processes with SIGINT, like Ctrl-C, as soon as it printed a match to stderr. */
  interruptOn?: RegExp
  /** In place of SIGINT. */
  interruptBy?: NodeJS.Signals
  /** Called after each chunk of stderr, with the whole text so far. */
  onStderr?: (stderr: string, child: ChildProcess) => void
}

declare global {
  /** Provided by test/support/e2e-environment.mjs, which shows the output of commands when a test fails. */
  var commandEnded: ((finished: Finished & { command: string }) => void) | undefined
}

/** Variables of this test run, which must not reach the Jest under test. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(JEST_|GITHUB_|GITLAB_|CI_|NODE_|npm_|CI$|FORCE_COLOR$|NO_COLOR$|NODE_V8_COVERAGE)/
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name) && !isAgent({ [name]: 'set' })),
  )
}

export function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Finished> {
  const { env = {}, interruptAfter, interruptOn, interruptBy = 'SIGINT', onStderr, ...where } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...where,
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A new process group, which can be signalled as a whole.
      detached: interruptOn !== undefined,
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', text => (output.stdout += text))
    let isInterrupted = false
    let timer: NodeJS.Timeout | undefined
    child.stderr.setEncoding('utf8').on('data', text => {
      output.stderr += text
      onStderr?.(output.stderr, child)
      if (interruptAfter?.printed.test(output.stderr) === true)
        timer ??= setTimeout(() => child.kill('SIGINT'), interruptAfter.ms)
      if (isInterrupted || interruptOn?.test(output.stderr) !== true) return
      isInterrupted = true
      process.kill(-(child.pid ?? 0), interruptBy)
    })
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer)
      const finished = { exitCode, signal, ...output }
      globalThis.commandEnded?.({ command: [command, ...args].join(' '), ...finished })
      resolve(finished)
    })
  })
}

/** Throws an error with the command's output when it fails. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<Finished> {
  const finished = await run(command, args, options)
  if (finished.exitCode !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${finished.exitCode}:\n${finished.stdout}${finished.stderr}`,
    )
  }
  return finished
}

export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
