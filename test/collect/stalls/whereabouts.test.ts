import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { answerWith } from '../../../src/collect/stalls/answering.js'
import { answerQuestion } from '../../../src/collect/stalls/whereabouts.js'
import { ANSWER, type Question, type Whereabouts } from '../../../src/recording/whereabouts.js'

const HERE = fileURLToPath(import.meta.url)
const TIMER = {
  kind: 'timer',
  calls: [{ function: 'sleep', file: '/app/src/a.js', line: 9, column: 3 }],
}

let [saved, sampled] = [0, 0]

function asked(openHandles: readonly (typeof TIMER)[], question: Question = { saves: false }): () => string {
  const given = {
    openHandles: () => openHandles,
    scriptLookup: () => undefined,
    saveSoFar: () => {
      saved++
    },
    sampleAllocations: () => {
      sampled++
    },
  }
  // Bound, because an arrow function would be code of the user that runs.
  return answerQuestion.bind(undefined, given, question)
}

test('allocations are sampled if that is asked for, without an answer', () => {
  expect(asked([], { samples: 'allocations' })()).toBe('null')
  expect(sampled).toBe(1)
})

test('what is recorded so far is saved if that is asked for', () => {
  asked([])()
  expect(saved).toBe(0)
  asked([], { saves: true })()
  expect(saved).toBe(1)
})

test('code that runs is where the thread is, whatever is open', () => {
  const answer = asked([TIMER])
  function checkAgain() {
    return JSON.parse(answer()) as Whereabouts
  }
  const { state, calls } = checkAgain()
  expect(state).toBe('computing')
  expect(calls[0]).toMatchObject({ function: 'checkAgain', file: HERE, sourceMap: null })
})

test('without any, what was opened last is awaited', async () => {
  const other = { ...TIMER, kind: 'server' }
  // Called without code of the user on the stack.
  const found = JSON.parse(await Promise.resolve().then(asked([other, TIMER]))) as Whereabouts
  expect(found).toEqual({
    state: 'waiting',
    kind: 'timer',
    calls: [{ ...TIMER.calls[0], sourceMap: null }],
  })
  const unknown = JSON.parse(await Promise.resolve().then(asked([]))) as Whereabouts
  expect(unknown).toEqual({ state: 'waiting', kind: '', calls: [] })
})

test('calls that are handed over come back with their source maps', () => {
  const call = { function: 'grow', file: HERE, line: 2, column: 1, bytes: 7 }
  expect(JSON.parse(asked([], { calls: [call] })())).toEqual([{ ...call, sourceMap: null }])
})

test('nothing is left in the global object when no test file is recorded', () => {
  answerWith({
    openHandles: () => [],
    scriptLookup: () => undefined,
    saveSoFar: () => {},
    sampleAllocations: () => {},
  })
  expect(ANSWER in globalThis).toBe(true)
  answerWith(undefined)
  expect(ANSWER in globalThis).toBe(false)
})
