import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { waitPieces } from '../../src/attribution/wait-pieces.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { type DrawnResource, withWaits } from '../support/waits.js'

const SLEEP: DrawnResource = { stack: ['sleep'] }
const FETCH: DrawnResource = { kind: 'HTTP request', stack: ['load'] }
const OF_NODE: DrawnResource = { stack: [] }
const RESOURCES = [SLEEP, FETCH, OF_NODE]

interface Drawn {
  wakes: [time: number, resource: number, since?: number][]
  wallMicros?: number
  intervalMicros?: number
}

/** `start-end resource` for each piece. */
function pieces(text: string, { wakes, wallMicros = 100_000, intervalMicros = 1000 }: Drawn): string[] {
  const header = { wallMicros, samplingIntervalMicros: intervalMicros }
  const recording = withWaits(resolvedFromText(text, { header }), { resources: RESOURCES, wakes })
  return shown(recording)
}

function shown(recording: ResolvedRecording): string[] {
  return waitPieces(recording).map(({ start, end, resource }) => {
    return `${start}-${end} ${['sleep', 'fetch', 'node'][resource] ?? 'nobody'}`
  })
}

describe('waitPieces', () => {
  test('an idle span is attributed to the wake-up at its end', () => {
    const text = `
      0  1000  50000  60000  80000
      A  idle  A      idle   A
    `
    expect(
      pieces(text, {
        wakes: [
          [50_000, 0],
          [80_000, 1],
        ],
      }),
    ).toEqual(['1000-50000 sleep', '60000-80000 fetch'])
  })

  test('a question of ours where the test is ends no wait, whatever is called for its answer', () => {
    const during = (asked: string) => `
      0  1000  20000                       30000  60000
      A  idle  ${asked.padEnd(27)} idle   A
               lookUp[transform]
    `
    const wakes: Drawn['wakes'] = [[60_000, 0, 500]]
    expect(pieces(during('answerWhereabouts[profiler]'), { wakes })).toEqual([
      '1000-20000 sleep',
      '30000-60000 sleep',
    ])
    expect(pieces(during('another[profiler]'), { wakes })).toEqual(['1000-20000 nobody', '30000-60000 sleep'])
  })

  test('consecutive idle samples form one span, which may last until the end', () => {
    const text = `
      0  1000  2000  50000  90000
      A  idle  idle  A      idle
    `
    expect(pieces(text, { wakes: [[50_000, 0]] })).toEqual(['1000-50000 sleep', '90000-100000 nobody'])
  })

  test('sleeps between which no busy sample was taken are one span, split at each wake-up', () => {
    const text = `
      0  1000  31000
      A  idle  A
    `
    expect(
      pieces(text, {
        wakes: [
          [11_000, 0],
          [21_000, 1],
          [31_000, 0],
        ],
      }),
    ).toEqual(['1000-11000 sleep', '11000-21000 fetch', '21000-31000 sleep'])
  })

  test('polling gives one piece for each turn, which together cover the idle time', () => {
    const wakes = Array.from({ length: 10 }, (_, turn): [number, number] => [10_000 * (turn + 1), 0])
    expect(pieces('0\nidle', { wakes })).toEqual(wakes.map(([time]) => `${time - 10_000}-${time} sleep`))
  })

  test('a wake-up after the end of a span explains it, unless the user’s code ran in between', () => {
    const text = (after: string) => `0     49000${' '.repeat(9)}51000\nidle  ${after.padEnd(14)}A`
    expect(pieces(text('parse[node]'), { wakes: [[50_000, 0]] })).toEqual(['0-49000 sleep'])
    expect(pieces(text('program'), { wakes: [[51_000, 0]] })).toEqual(['0-49000 sleep'])
    expect(pieces(text('program'), { wakes: [[51_001, 0]] })).toEqual(['0-49000 nobody'])
    expect(pieces(text('A'), { wakes: [[50_000, 0]] })).toEqual(['0-49000 nobody'])
  })

  test('a wake-up of Node’s own does not split the span, which the user’s next wake-up explains', () => {
    expect(
      pieces('0     50000\nidle  A', {
        wakes: [
          [20_000, 2],
          [50_000, 0],
        ],
      }),
    ).toEqual(['0-50000 sleep'])
  })

  test('a span before work of Node’s own is attributed to the user’s next wake-up', () => {
    const text = `
      0     20000        25000  50000
      idle  parse[node]  idle   A
    `
    expect(
      pieces(text, {
        wakes: [
          [20_000, 2],
          [50_000, 1],
        ],
      }),
    ).toEqual(['0-20000 fetch', '25000-50000 fetch'])
  })

  test('a span is attributed to the user’s next wake-up, however long Node worked in between', () => {
    const text = `
      0     20000        25000  30000
      idle  parse[node]  A      idle
    `
    expect(pieces(text, { wakes: [[25_000, 1]] })).toEqual(['0-20000 fetch', '30000-100000 nobody'])
  })

  test('a span before the user’s code is unexplained without a wake-up of its own', () => {
    const text = `
      0     20000  25000  50000
      idle  A      idle   A
    `
    expect(pieces(text, { wakes: [[50_000, 1]] })).toEqual(['0-20000 nobody', '25000-50000 fetch'])
  })

  test('Node functions that the user’s code calls count as the user’s code', () => {
    const text = `
      0     20000        25000  50000
      idle  A            idle   A
            parse[node]
    `
    expect(pieces(text, { wakes: [[50_000, 1]] })).toEqual(['0-20000 nobody', '25000-50000 fetch'])
  })

  test('a resource that existed before Jest’s code ran explains the spans before and after that code', () => {
    const text = `
      0     20000       25000  50000
      idle  emit[jest]  idle   A
    `
    expect(pieces(text, { wakes: [[50_000, 1]] })).toEqual(['0-20000 fetch', '25000-50000 fetch'])
  })

  test('a resource that was created while Jest’s code ran explains only the span after it', () => {
    const text = `
      0     20000       25000  50000
      idle  call[jest]  idle   A
    `
    expect(pieces(text, { wakes: [[50_000, 1, 22_000]] })).toEqual(['0-20000 nobody', '25000-50000 fetch'])
  })

  test('the rest of a span whose end was sampled too late goes with its wake-up', () => {
    const text = `
      0     22000
      idle  A
    `
    expect(pieces(text, { wakes: [[20_000, 0]] })).toEqual(['0-22000 sleep'])
  })

  test('a longer rest without samples goes with its wake-up as well, because the sampler paused', () => {
    const still = `
      0     19000  30000
      idle  idle   A
    `
    expect(pieces(still, { wakes: [[20_000, 0]] })).toEqual(['0-30000 sleep'])
    const idleAgain = `
      0     21000  30000
      idle  idle   A
    `
    expect(pieces(idleAgain, { wakes: [[20_000, 0]] })).toEqual(['0-20000 sleep', '20000-30000 nobody'])
  })

  test('a wake-up that an ended test left behind, and the code that it runs, explain nothing', () => {
    const text = `
      0     20000  25000  50000
      idle  A      idle   B
    `
    const left: DrawnResource = { stack: ['tick'], test: 0 }
    const tests = [span({ index: 0, start: 0, end: 0 }), span({ index: 1, start: 0, end: 50_000 })]
    const wakes: [number, number][] = [
      [20_000, 1],
      [50_000, 0],
    ]
    const header = { wallMicros: 100_000, samplingIntervalMicros: 1000 }
    const drawn = withWaits(resolvedFromText(text, { header, tests }), { resources: [SLEEP, left], wakes })
    expect(shown(drawn)).toEqual(['0-20000 sleep', '25000-50000 sleep'])
    expect(new Set(waitPieces(drawn).map(({ wokenAt }) => wokenAt))).toEqual(new Set([50_000]))
  })

  test('spans without wake-ups, or without recorded waits, are unexplained', () => {
    expect(pieces('0     20000\nidle  A', { wakes: [] })).toEqual(['0-20000 nobody'])
    expect(shown(resolvedFromText('0     20000\nidle  A'))).toEqual(['0-20000 nobody'])
  })

  test('a recording without idle time has no pieces', () => {
    expect(pieces('0  20000\nA  gc', { wakes: [[20_000, 0]] })).toEqual([])
  })

  test('pieces are in order, do not overlap, and add up to the idle time, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { samples, nodes, frames, header, waits } = recording
        const found = waitPieces(recording)
        let last = 0
        for (const { start, end, resource } of found) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(resource).toBeLessThan(waits?.resources.kind.length ?? 0)
          last = end
        }
        const idle = samples.time.map((time, sample) => {
          const { category } = frames[nodes.frame[samples.node[sample] ?? 0] ?? 0] ?? {}
          return category === 'idle' ? (samples.time[sample + 1] ?? header.wallMicros) - time : 0
        })
        expect(found.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(
          idle.reduce((sum, length) => sum + length, 0),
        )
      }),
    )
  })
})
