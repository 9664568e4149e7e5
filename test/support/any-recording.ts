// Recordings for properties: random call trees, samples and tests, one recording for each of a few test files.

import fc from 'fast-check'
import type { TestSpan } from '../../src/collect/recording.js'
import type { ResolvedRecording } from '../../src/import/resolved-recording.js'
import { resolvedFromText, span } from './recording.js'

const NAMES = ['A', 'B', 'C[test]', 'L[dependency:lodash]', 'M[dependency:@s/m]', 'J[jest]', 'N[native]']

const stack = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(['idle'], ['gc'], ['program']) },
)

const samples = fc.array(fc.record({ stack, after: fc.integer({ min: 0, max: 3000 }) }), { maxLength: 30 })

const spans = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 2000 }),
    length: fc.integer({ min: 0, max: 4000 }),
    back: fc.integer({ min: 0, max: 3000 }),
    concurrent: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 2 }),
  }),
  { maxLength: 6 },
)

type Drawn<T> = T extends fc.Arbitrary<infer U> ? U : never

/** Tests of one file never overlap, but for concurrent ones, which may reach back over those before them. */
function toTests(drawn: Drawn<typeof spans>): TestSpan[] {
  let now = 0
  return drawn.map(({ gap, length, back, concurrent, attempt }, index) => {
    const start = Math.max(0, now + gap - (concurrent ? back : 0))
    const end = start + length
    now = Math.max(now, end)
    return span({ index, start, end, concurrent, attempt })
  })
}

function toRecording(file: number, drawn: Drawn<typeof samples>, tests: TestSpan[]): ResolvedRecording {
  let time = 0
  const columns = drawn.map(({ stack: names, after }) => {
    time += after
    return { time, names }
  })
  const width = 24
  const line = (cells: string[]) => cells.map(cell => cell.padEnd(width)).join('')
  const depth = Math.max(0, ...columns.map(({ names }) => names.length))
  const rows = Array.from({ length: depth }, (_, level) =>
    line(columns.map(({ names }) => names[level] ?? '')),
  )
  const text = [line(columns.map(column => String(column.time))), ...rows].join('\n')
  const wallMicros = Math.max(time, ...tests.map(({ end }) => end)) + 500
  const testPath = `/project/${file}.test.js`
  return resolvedFromText(text, {
    tests,
    header: { testPath, wallMicros, startedAtMs: 1_700_000_000_000 + file },
  })
}

export const anyRecording: fc.Arbitrary<ResolvedRecording> = fc
  .tuple(samples, spans)
  .map(([drawn, tests]) => toRecording(0, drawn, toTests(tests)))

/** Recordings of different files, and the same ones in another order. */
export const anyRecordingsInTwoOrders: fc.Arbitrary<[ResolvedRecording[], ResolvedRecording[]]> = fc
  .array(fc.tuple(samples, spans), { minLength: 1, maxLength: 4 })
  .map(files => files.map(([drawn, tests], file) => toRecording(file, drawn, toTests(tests))))
  .chain(recordings =>
    fc.tuple(
      fc.constant(recordings),
      fc.shuffledSubarray(recordings, { minLength: recordings.length, maxLength: recordings.length }),
    ),
  )
