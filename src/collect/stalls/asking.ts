// Asks the thread that runs tests where it is.

import { readFileSync } from 'node:fs'
import { ANSWER, type Question, type Whereabouts } from '../../recording/whereabouts.js'
import { type ConnectToTests, connectToMainThread, type TestThread } from './test-thread.js'

/** Milliseconds. A thread that computes answers in ten; on a busy machine it needs a core first. */
const PATIENCE = 1000
/** Characters. */
const LONGEST_COMMAND = 200

interface Evaluated {
  readonly result?: { readonly value?: unknown }
}

/** Undefined: no test file is recorded. */
export async function ask<T>(thread: TestThread, question: Question): Promise<T | undefined> {
  const expression = `globalThis[Symbol.for(${JSON.stringify(ANSWER.description)})]?.(${JSON.stringify(question)})`
  const { result } = await thread.post<Evaluated>('Runtime.evaluate', { expression, silent: true })
  return typeof result?.value === 'string' ? JSON.parse(result.value) : undefined
}

/** Undefined: it has no answer, because no test file is recorded or the thread has ended. `blocked` is the answer of a thread that does not answer in time. */
export async function askWhereabouts(
  connect: ConnectToTests,
  question: Question,
  blocked: () => Whereabouts,
): Promise<Whereabouts | undefined> {
  const thread = await connect()
  if (thread === undefined) return undefined
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<Whereabouts>(resolve => {
    timer = setTimeout(() => resolve(blocked()), PATIENCE)
  })
  try {
    return await Promise.race([ask<Whereabouts>(thread, question), patience])
  } finally {
    clearTimeout(timer)
    thread.close()
  }
}

export function askMainThread(question: Question): Promise<Whereabouts | undefined> {
  return askWhereabouts(connectToMainThread, question, () => {
    return { state: 'blocked', kind: latestChild() ?? '', calls: [] }
  })
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
