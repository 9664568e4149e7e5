// Shows the output of a failing test's last commands, because only that explains how they ended.

import { TestEnvironment } from 'jest-environment-node'

const MOST_COMMANDS = 3
/** Limit for stdout and for stderr. */
const MOST_CHARACTERS = 8000

export default class E2eEnvironment extends TestEnvironment {
  /** Commands that test/e2e/support/commands.ts ran since the last test ended. */
  #commands = []
  /** Commands of the last `beforeAll`, to which tests without commands refer. */
  #shared = []
  /** Errors that were already extended: an error of a hook is shared by all of its tests. */
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
    // For Jest, the stack begins at the first line that starts with "at". The bar prevents that for printed lines.
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
