// Runs commands with a clean environment, and measures them.

import { spawn, spawnSync } from 'node:child_process'

/**
 * What this process inherited from npm, a CI or an outer Jest, and what a Jest would take for its own. NODE_OPTIONS
 * stays: suites of ES modules need it.
 */
const UNWANTED =
  /^(JEST_|GITHUB_|GITLAB_|CI_|npm_|CI$|NODE_ENV$|NODE_V8_COVERAGE$|FORCE_COLOR$|NO_COLOR$|CLAUDECODE$|CURSOR_|AI_AGENT$)/

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
  const result = spawnSync('bash', timed(command, args), { ...spawnOptions(cwd, env), stdio: TIMED })
  if (!allowFailure || result.error !== undefined) checked(command, args, result)
  const { status, stdout, stderr, output } = result
  return { ...times(output[3]), exitCode: status, stdout, stderr }
}

/** The same, bound to one core, while this process goes on; a command that fails is no error. */
export async function measureOnCore(core, command, args, { cwd, env }) {
  const bound = timed('taskset', ['--cpu-list', String(core), command, ...args])
  const child = spawn('bash', bound, { ...spawnOptions(cwd, env), stdio: TIMED })
  const printed = [1, 2, 3].map(descriptor => child.stdio[descriptor].setEncoding('utf8').toArray())
  const [exitCode, ...texts] = await Promise.all([
    new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)),
    ...printed,
  ])
  const [stdout, stderr, timing] = texts.map(chunks => chunks.join(''))
  return { ...times(timing), exitCode, stdout, stderr }
}

const TIMED = ['ignore', 'pipe', 'pipe', 'pipe']

/** The times go to descriptor 3; what the command prints, to where it would. */
function timed(command, args) {
  const script = 'TIMEFORMAT="%3R %3U %3S"; { time "$@" 2>&4 3>&- 4>&-; } 4>&2 2>&3'
  return ['-c', script, 'bash', command, ...args]
}

function times(text) {
  // Some locales write a comma.
  const [wall, user, system] = (text ?? '').trim().replaceAll(',', '.').split(' ').map(Number)
  return { wall, cpu: user + system }
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
