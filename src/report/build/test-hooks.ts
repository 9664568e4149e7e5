// Which hooks ran for each test of a file, and for how long: its own, and those that ran once for the blocks around it.

import type { RecordingSummary } from '../record/recording-summary.js'
import type { TestHookReport } from '../file-report.js'
import { toMs } from '../rounding.js'

interface Attempt {
  readonly index: number
  readonly attempt: number
  /** Describe chain and title. */
  readonly name: readonly string[]
}

interface Own {
  count: number
  micros: number
}

/** For each attempt the hooks that ran for it, the longest first. `hook`: position in the file's hooks. */
export function testHooks({ hooks }: Pick<RecordingSummary, 'hooks'>): (test: Attempt) => TestHookReport[] {
  const ofAttempts = new Map<string, Map<number, Own>>()
  const around: { hook: number; describe: readonly string[]; own: Own }[] = []
  hooks.forEach((hook, position) => {
    const own = { count: 0, micros: 0 }
    for (const { start, end, test } of hook.runs) {
      if (test === undefined) {
        own.count++
        own.micros += end - start
        continue
      }
      const key = `${test.index} ${test.attempt}`
      const known = ofAttempts.get(key) ?? new Map<number, Own>()
      ofAttempts.set(key, known)
      const before = known.get(position) ?? { count: 0, micros: 0 }
      known.set(position, { count: before.count + 1, micros: before.micros + end - start })
    }
    if (own.count > 0) around.push({ hook: position, describe: hook.describe, own })
  })
  return ({ index, attempt, name }) => {
    const own = [...(ofAttempts.get(`${index} ${attempt}`) ?? [])].map(([hook, { count, micros }]) => ({
      ...{ hook, count, wallMs: toMs(micros), isAround: false },
    }))
    const others = around
      .filter(({ describe }) => isWithin(name.slice(0, -1), describe))
      .map(({ hook, own: { count, micros } }) => ({ hook, count, wallMs: toMs(micros), isAround: true }))
    return [...own, ...others].toSorted((a, b) => b.wallMs - a.wallMs || a.hook - b.hook)
  }
}

/** Whether a test with these blocks around it is in that one. */
function isWithin(blocks: readonly string[], describe: readonly string[]): boolean {
  return describe.every((block, depth) => block === blocks[depth])
}
