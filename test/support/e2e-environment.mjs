// A failing test also shows what its last commands printed, because only that says why they ended as they did.

import { TestEnvironment } from 'jest-environment-node'

const MOST_COMMANDS = 3
/** Of stdout and of stderr. */
const MOST_CHARACTERS = 8000

export default class E2eEnvironment extends TestEnvironment {
  /** What test/e2e/support/commands.ts has run since the last test ended. */
  #commands = []
  /** What the last `beforeAll` has run: tests that run nothing assert on that. */
  #shared = []
  /** An error of a hook is that of each of its tests. */
  #explained = new WeakSet()

  async setup() {
    await super.setup()
    this.global.commandEnded = finished => this.#commands.push(finished)
  }

  handleTestEvent({ name, error, hook }) {
    if (name === 'hook_success' && hook.type === 'beforeAll') this.#shared = this.#commands.splice(0)
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#explain(error)
    if (name === 'test_done') this.#commands = []
  }

  #explain(error) {
    const commands = this.#commands.length > 0 ? this.#commands : this.#shared
    if (typeof error?.stack !== 'string' || commands.length === 0 || this.#explained.has(error)) return
    this.#explained.add(error)
    const printed = commands.slice(-MOST_COMMANDS).map(describeCommand).join('\n')
    // Jest takes all from the first line that begins with "at" for the stack: a bar keeps printed lines from being that.
    const shown = printed.replaceAll(/^/gm, '│ ')
    const stackAt = error.stack.search(/\n\s+at /)
    const end = stackAt < 0 ? error.stack.length : stackAt
    error.stack = `${error.stack.slice(0, end)}\n\n${shown}\n${error.stack.slice(end)}`
  }
}

function describeCommand({ command, exitCode, signal, stdout, stderr }) {
  const ended = signal === null ? `exit code ${exitCode}` : signal
  return [`${command}: ${ended}`, ...[stdout, stderr].map(text => text.slice(-MOST_CHARACTERS).trimEnd())]
    .filter(text => text !== '')
    .join('\n')
}
