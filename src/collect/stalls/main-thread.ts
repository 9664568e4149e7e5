// Asks the main thread of this process where it is, from another thread: V8 runs the question in between, in an endless loop as well.
//
// Through the inspector's own connection between threads, which needs no port and no signal, and prints nothing.

import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { ANSWER, type Question, type Whereabouts } from '../../recording/whereabouts.js'

/** Milliseconds. A thread that computes answers in ten; on a busy machine it needs a core first. */
export const PATIENCE = 1000
/** Characters. */
const LONGEST_COMMAND = 200

function blocked(): Whereabouts {
  return { state: 'blocked', kind: latestChild() ?? '', calls: [] }
}

/**
 * The command of the youngest child process that this process has started and that still runs, for which `execSync` and `spawnSync` wait;
 * undefined: there is none, or the system does not tell (https://man7.org/linux/man-pages/man5/proc_tid_children.5.html).
 */
function latestChild(): string | undefined {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
      .trim()
      .split(' ')
    const parts = readFileSync(`/proc/${children.at(-1)}/cmdline`, 'utf8').split('\0')
    return parts.join(' ').trim().slice(0, LONGEST_COMMAND) || undefined
  } catch {
    return undefined
  }
}

interface Evaluated {
  readonly result?: { readonly value?: unknown }
}

/** JavaScript whose value is the main thread's answer as JSON; undefined while no test file is recorded. */
export function questionText(question: Question): string {
  return `globalThis[Symbol.for(${JSON.stringify(ANSWER.description)})]?.(${JSON.stringify(question)})`
}

/** Undefined: no test file is recorded. */
export function answered(evaluated: Evaluated | undefined): Whereabouts | undefined {
  const value = evaluated?.result?.value
  return typeof value === 'string' ? JSON.parse(value) : undefined
}

/** Undefined: it has no answer, because no test file is recorded. */
export function askMainThread(question: Question): Promise<Whereabouts | undefined> {
  const session = new Session()
  session.connectToMainThread()
  const asked = new Promise<Whereabouts | undefined>((resolve, reject) => {
    const timer = setTimeout(() => resolve(blocked()), PATIENCE)
    const expression = questionText(question)
    session.post('Runtime.evaluate', { expression, silent: true }, (error, answer?: Evaluated) => {
      clearTimeout(timer)
      if (error !== null) reject(error)
      else resolve(answered(answer))
    })
  })
  return asked.finally(() => session.disconnect())
}
