// Tests that sleep for known times by a timer, a line for each length, and write down how long each sleep really took.
// Before and after it they burn for some time, no two of them the same: else a sampler would be in step with them.

export const LENGTHS_MS = [5, 20, 60, 200]
/** Tests of each length in one file: the report lists ten tests of one wait. */
export const REPETITIONS = 10

// Two files, since Jest does without workers for one.
const FILES = 2

const TEST = `import { performance } from 'node:perf_hooks'
import { burn } from '../../src/burn'
import { collectionsFromNowOn } from '../../src/collections'
import { writeTruth } from '../../src/truth'

const sleeps: { milliseconds: number; start: number; end: number }[] = []
const collections = collectionsFromNowOn()

let turn = 0

/** From 3 to 13 ms, in the steps of the golden ratio. */
function burnSome() {
  burn(3 + 10 * ((++turn * 0.618034) % 1))
}

async function slept(milliseconds: number, sleep: () => Promise<void>) {
  burnSome()
  const start = performance.now()
  await sleep()
  sleeps.push({ milliseconds, start, end: performance.now() })
  burnSome()
}

describe.each(Array.from({ length: ${REPETITIONS} }, (_, index) => index))('time %i', () => {
${LENGTHS_MS.map(
  length => `  test('sleeps ${length} ms', () =>
    slept(${length}, () => new Promise<void>(resolve => setTimeout(resolve, ${length})))) // ${length}
`,
).join('\n')}})

// V8 likes to collect garbage while nothing else is to be done: that part of a sleep is none.
afterAll(async () => {
  const collected = await collections()
  const rows = sleeps.map(({ milliseconds, start, end }) => {
    const within = collected.map(({ start: from, duration }) => Math.min(end, from + duration) - Math.max(start, from))
    return { milliseconds, slept: within.reduce((rest, time) => rest - Math.max(0, time), end - start) }
  })
  writeTruth(rows)
})
`

export const SLEEP_FILES = Object.fromEntries(
  Array.from({ length: FILES }, (_, index) => [`test/sleeps/sleep-${index}.test.ts`, TEST]),
)

/** The line on which the timers of that length start. */
export function lineOf(length) {
  return TEST.split('\n').findIndex(text => text.endsWith(`// ${length}`)) + 1
}
