// Runs commands with a clean environment, and measures them.

import { spawnSync } from 'node:child_process'

/**
 * What this process inherited from npm, a CI or an outer Jest, and what a Jest would take for its own. NODE_OPTIONS
 * stays: suites of ES modules need it.
 */
const UNWANTED =
  /^(JEST_|GITHUB_|npm_|CI$|NODE_ENV$|NODE_V8_COVERAGE$|FORCE_COLOR$|NO_COLOR$|CLAUDECODE$|CURSOR_|AI_AGENT$)/

const LARGEST_OUTPUT = 256 * 1024 * 1024

/** Throws with all that was printed when the command fails. */
export function runOrThrow(command, args, { cwd, env }) {
  return checked(command, args, spawnSync(command, args, spawnOptions(cwd, env)))
}

/**
 * Wall time and user and system CPU time in seconds, those of child processes included, and what was printed.
 *
 * Node tells CPU times of its own process alone, not of children. bash's `time` reads getrusage(RUSAGE_CHILDREN),
 * which holds every descendant that its parent has waited for, as Jest does for its workers. bash itself costs the
 * same few milliseconds on both sides.
 */
export function measure(command, args, { cwd, env, allowFailure = false }) {
  // The times go to descriptor 3; what the command prints, to where it would.
  const script = 'TIMEFORMAT="%3R %3U %3S"; { time "$@" 2>&4 3>&- 4>&-; } 4>&2 2>&3'
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe']
  const result = spawnSync('bash', ['-c', script, 'bash', command, ...args], {
    ...spawnOptions(cwd, env),
    stdio,
  })
  if (!allowFailure || result.error !== undefined) checked(command, args, result)
  // Some locales write a comma.
  const [wall, user, system] = (result.output[3] ?? '').trim().replaceAll(',', '.').split(' ').map(Number)
  const { status, stdout, stderr } = result
  return { wall, cpu: user + system, exitCode: status, stdout, stderr }
}

function spawnOptions(cwd, env) {
  const inherited = Object.entries(process.env).filter(([name]) => !UNWANTED.test(name))
  return {
    cwd,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: LARGEST_OUTPUT,
  }
}

function checked(command, args, result) {
  if (result.error === undefined && result.status === 0) return result
  const ended = result.error?.message ?? result.signal ?? `exit code ${result.status}`
  const printed = `${result.stdout ?? ''}${result.stderr ?? ''}`
  throw new Error(`${command} ${args.join(' ')}: ${ended}\n${printed}`)
}
