import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { periodicSamples, sampleTimes, sampleWeights } from '../../src/attribution/sample-times.js'
import { NO_TIME, segmentTimes } from '../../src/attribution/segment-times.js'
import { timeOfTests } from '../../src/attribution/timeline.js'
import type { Frame, Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { rankBy } from '../../src/profile/rank.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { allSamples } from '../support/all-samples.js'
import { anyRecording } from '../support/any-recording.js'
import { violationsOf } from '../support/check-profile.js'
import { resolvedFromText, span } from '../support/recording.js'

function fold(...recordings: ResolvedRecording[]): Profile {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  return checked(builder.build())
}

function foldTests(recording: ResolvedRecording, ...indexes: number[]): Profile {
  const builder = new ProfileBuilder()
  foldRecording(builder, recording, timeOfTests(recording, new Set(indexes)))
  return checked(builder.build())
}

function checked(profile: Profile): Profile {
  expect(violationsOf(profile)).toEqual([])
  return profile
}

/** `owner: outermost > innermost weight count` for each row. */
function rows({ frames, stacks, scopes, values }: Profile): string[] {
  const samples = allSamples({ values })
  return [...samples.stack].map((leaf, row) => {
    const names: string[] = []
    for (let stack: number = leaf; stack >= 0; stack = stacks.caller[stack] ?? -1) {
      names.unshift(frames[stacks.frame[stack] ?? -1]?.name ?? '?')
    }
    const { test: index, attempt, group } = scopes[samples.scope[row] ?? -1] ?? {}
    const owner = group !== undefined ? `g${group}` : index === undefined ? 'file' : `t${index}.${attempt}`
    return `${owner}: ${names.join(' > ')} ${samples.weight[row]} ${samples.count[row]}`
  })
}

describe('foldRecording', () => {
  test('a sample represents the time until the next one, and the last one the time until the end of the recording', () => {
    const recording = resolvedFromText(
      `
      100  300  350
      A    A    C
      B
    `,
      { header: { wallMicros: 1000 } },
    )
    expect(sampleWeights(recording)).toEqual([200, 50, 650])
    expect(rows(fold(recording))).toEqual([
      'file: (not sampled) 100 0',
      'file: A > B 200 1',
      'file: A 50 0',
      'file: C 650 1',
    ])
  })

  test('a sample belongs to the owner of its own timestamp', () => {
    const tests = [
      span({ index: 0, start: 1000, end: 2000 }),
      span({ index: 1, start: 2000, end: 4000 }),
      span({ index: 1, start: 5000, end: 6000, attempt: 2 }),
    ]
    const recording = resolvedFromText(
      `
      999  1000  1999  2000  3999  4000  5500
      A    B     C     D     E     F     G
    `,
      { tests },
    )
    expect(rows(fold(recording))).toEqual([
      'file: (not sampled) 999 0',
      'file: A 1 1',
      'file: F 1500 0',
      't0.1: B 999 0',
      't0.1: C 1 1',
      't1.1: D 1999 0',
      't1.1: E 1 1',
      't1.2: G 4500 1',
    ])
  })

  describe('after a pause of V8’s sampler', () => {
    const tests = [
      span({ index: 0, start: 1000, end: 4000 }),
      span({ index: 1, start: 4000, end: 8000 }),
      span({ index: 2, start: 8000, end: 20_000 }),
    ]
    const rowsOf = (text: string) =>
      rows(fold(resolvedFromText(text, { tests, header: { wallMicros: 20_000 } }))).filter(
        row => !row.includes('(not sampled)'),
      )

    test('the first sample of a test represents it from its start, and no sample gets more than its test took', () => {
      expect(rowsOf('1000  7000  8000\nA     B     C')).toEqual([
        't0.1: A 3000 1',
        't1.1: B 4000 1',
        't2.1: C 12000 1',
      ])
    })

    test('the time of tests without any sample belongs to the sample before them', () => {
      expect(rowsOf('1000  9000  10000\nA     B     C')).toEqual([
        't0.1: A 7000 1',
        't2.1: B 2000 1',
        't2.1: C 10000 1',
      ])
    })

    test('a late sample within one test starts at its own timestamp', () => {
      expect(rowsOf('8000  14000\nA     B')).toEqual(['t2.1: A 6000 1', 't2.1: B 6000 1'])
    })

    test.each([
      ['idle', 'A'],
      ['A', 'idle'],
      ['gc', 'A'],
      ['A', 'gc'],
    ])('a late sample between %s and %s starts at its own timestamp', (one, two) => {
      const recording = resolvedFromText(`1000  7000  8000\n${one.padEnd(6)}${two.padEnd(6)}C`, { tests })
      expect(sampleTimes(recording)).toEqual([1000, 7000, 8000])
    })
  })

  test('a concurrent group’s time is counted once, for the group', () => {
    const tests = [
      span({ index: 0, start: 0, end: 2000, concurrent: true }),
      span({ index: 1, start: 1000, end: 3000, concurrent: true }),
    ]
    const recording = resolvedFromText(
      `
      500  1500  2500  3500
      A    A     A     A
    `,
      { tests },
    )
    expect(rows(fold(recording))).toEqual(['g0: (not sampled) 500 0', 'g0: A 3000 3', 'file: A 6500 1'])
  })

  test('a garbage collection belongs to the stack of the sample before it', () => {
    const recording = resolvedFromText(`
      0    1000  2000  3000  4000  5000     6000
      A    gc    gc    idle  gc    program  gc
      B
    `)
    expect(rows(fold(recording))).toEqual([
      'file: A > B 1000 1',
      'file: A > B > (garbage collector) 2000 2',
      'file: (garbage collector) 5000 2',
      'file: (program) 1000 1',
      'file: (idle) 1000 1',
    ])
  })

  test('a garbage collection that is a test’s first sample belongs to no stack from before the test', () => {
    const tests = [span({ index: 0, start: 1500, end: 9000 })]
    const recording = resolvedFromText('0  1000  2000  3000\nA  A     gc    B', { tests })
    expect(rows(fold(recording))).toEqual([
      'file: A 2000 2',
      't0.1: (garbage collector) 1000 1',
      't0.1: B 7000 1',
    ])
  })

  test('time in a waiting synchronous call is below that call, and is no function’s self time', () => {
    const recording = resolvedFromText(`
      0                    1000  4000
      A                    A     A
      readSync[node:fs]          readSync[node:fs]
    `)
    const profile = fold(recording)
    expect(rows(profile)).toEqual(['file: A 3000 1', 'file: A > readSync > (blocked) 7000 2'])
    expect(
      rankBy(profile, ({ name }) => name).map(({ key, self, total }) => [key, self, total]),
    ).toContainEqual([...['A', 3000, 3000]])
  })

  test('the CPU time of a synchronous call that waits and computes is that call’s own', () => {
    const text = `
      0  2000
      A  A
         readSync[node:fs]
    `
    const foldWith = (cpu: number) =>
      rows(fold(resolvedFromText(text, { clock: { step: 0, time: [0, 10_000], cpu: [0, cpu] } })))
    expect(foldWith(4000)).toEqual([
      'file: A 2000 1',
      'file: A > readSync 2000 0',
      'file: A > readSync > (blocked) 6000 1',
    ])
    expect(foldWith(9000)).toEqual([
      'file: A 2000 1',
      'file: A > readSync 7000 1',
      'file: A > readSync > (blocked) 1000 0',
    ])
  })

  test('time without a core is below the sampled stack, and is no function’s self time', () => {
    const recording = resolvedFromText(
      `
      0  4000  6000  8000
      A  A     gc    idle
         B
    `,
      { clock: { step: 0, time: [0, 4000, 10_000], cpu: [0, 3000, 4000] } },
    )
    const profile = fold(recording)
    // The parts add up: the samples of a segment share its time.
    expect(rows(profile)).toEqual([
      'file: A 2333 1',
      'file: A > B 1167 1',
      'file: A > B > (garbage collector) 500 1',
      'file: A > (no core) 1667 0',
      'file: A > B > (no core) 833 0',
      'file: A > B > (garbage collector) > (no core) 1500 0',
      'file: (idle) 2000 1',
    ])
    const ranked = rankBy(profile, ({ name }) => name).map(
      ({ key, self, total }) => `${key} ${self} ${total}`,
    )
    expect(ranked).toEqual(expect.arrayContaining(['A 2333 4000', 'B 1167 1667']))
    expect(ranked.filter(row => row.startsWith('(no core)') && row !== '(no core) 0 0')).toEqual([])
  })

  test('time without a core and without a sample is below no function', () => {
    const clock = { step: 0, time: [0, 10_000], cpu: [0, 4000] }
    const recording = resolvedFromText('5000\nA', { clock, header: { wallMicros: 10_000 } })
    expect(rows(fold(recording))).toEqual([
      'file: (not sampled) 2000 0',
      'file: A 2000 1',
      'file: (not sampled) > (no core) 3000 0',
      'file: A > (no core) 3000 0',
    ])
  })

  test('two recordings become one profile with separate files', () => {
    const one = resolvedFromText('0\nA', { header: { wallMicros: 10 } })
    const two = resolvedFromText('0\nA', {
      header: { wallMicros: 5, testPath: '/project/b.test.js', worker: 2 },
    })
    const { frames, stacks, scopes, values } = fold(one, two)
    expect(frames.filter(({ name }) => name === 'A')).toHaveLength(1)
    expect([...stacks.frame].filter(frame => frames[frame]?.name === 'A')).toHaveLength(1)
    expect(scopes.map(({ file, worker }) => `${file} ${worker}`)).toEqual([
      '/project/a.test.js 1',
      '/project/b.test.js 2',
    ])
    expect(allSamples({ values }).weight).toEqual([10, 5])
  })

  test('a function’s self time is distributed among its lines in proportion to V8’s line ticks', () => {
    const ticks = { node: [1, 1, 2], line: [3, 5, 9], count: [1, 3, 1] }
    const recording = resolvedFromText(
      `
      0  1000  2000
      A  A     A
               B
    `,
      { ticks, header: { wallMicros: 2500 } },
    )
    const { frames, lines } = fold(recording)
    expect(
      lines.line.map((line, row) => `${frames[lines.frame[row] ?? -1]?.file}:${line} ${lines.weight[row]}`),
    ).toEqual(['/project/src/A.js:3 500', '/project/src/A.js:5 1500', '/project/src/B.js:9 500'])
  })

  describe('before the first sample', () => {
    test('time belongs to the phases and tests in which it passed, and to no function', () => {
      const tests = [span({ index: 0, start: 1000, end: 2500 })]
      const drawn = { tests, header: { wallMicros: 4000 } }
      const recording = resolvedFromText('3000\nA', drawn)
      expect(rows(fold(recording))).toEqual([
        'file: (not sampled) 1500 0',
        'file: A 1000 1',
        't0.1: (not sampled) 1500 0',
      ])
      expect(rows(foldTests(recording, 0))).toEqual(['t0.1: (not sampled) 1500 0'])
    })

    test('a recording without samples has all its time', () => {
      const recording = resolvedFromText('0\nA', { header: { wallMicros: 4000 } })
      const empty = { ...recording, samples: { node: [], time: [] } }
      expect(rows(fold(empty))).toEqual(['file: (not sampled) 4000 0'])
    })
  })

  describe('folding only some tests', () => {
    const unused = ({ frames, stacks, values, lines }: Profile) => {
      const used = new Set<number>()
      for (const leaf of allSamples({ values }).stack)
        for (let stack: number = leaf; stack >= 0; stack = stacks.caller[stack] ?? -1) used.add(stack)
      const usedFrames = new Set<number>([
        ...[...used].map(stack => stacks.frame[stack] ?? -1),
        ...lines.frame,
      ])
      return {
        stacks: [...[...stacks.frame].keys()].filter(stack => !used.has(stack)),
        frames: frames.filter((_, index) => !usedFrames.has(index)).map(({ name }) => name),
      }
    }

    test('keeps only the code of these tests', () => {
      const recording = resolvedFromText(
        `
        0     1000  2000  3000
        load  A     A     A
                    gc    C
      `,
        {
          tests: [0, 1, 2].map(index => span({ index, start: 1000 * (index + 1), end: 1000 * (index + 2) })),
          ticks: { node: [1, 2], line: [7, 9], count: [1, 1] },
        },
      )
      const names = (...indexes: number[]) => foldTests(recording, ...indexes).frames.map(({ name }) => name)
      expect(names(0)).toEqual(['A'])
      expect(names(2)).toEqual(['A', 'C'])
      expect(rows(foldTests(recording, 1))).toEqual(rows(fold(recording)).filter(row => row.startsWith('t1')))
    })

    test('keeps no frame or stack without a sample, for any recording', () => {
      fc.assert(
        fc.property(anyRecording, recording => {
          for (const { index } of recording.tests)
            expect(unused(foldTests(recording, index))).toEqual({ stacks: [], frames: [] })
        }),
      )
    })
  })

  test('leaves the recording unchanged', () => {
    const recording = resolvedFromText('0  10\nA  gc', { tests: [span({ index: 0, start: 0, end: 5 })] })
    const copy = structuredClone(recording)
    fold(recording)
    expect(recording).toEqual(copy)
  })

  test('weights add up to the wall time in total and by kind, and counts to the number of periodic samples', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const profile = fold(recording)
        const { frames, stacks } = profile
        const samples = allSamples(profile)
        const sum = (column: readonly number[]) => column.reduce((total, value) => total + value, 0)
        const [whole = NO_TIME] = segmentTimes(recording, [{ start: 0, end: recording.header.wallMicros }])
        const weightOf = (isOfKind: (frame: Frame | undefined) => boolean) =>
          sum(
            [...samples.stack].map((leaf, row) =>
              isOfKind(frames[stacks.frame[leaf] ?? -1]) ? (samples.weight[row] ?? 0) : 0,
            ),
          )
        const named = (...names: string[]) => weightOf(frame => names.includes(frame?.name ?? ''))
        const expectClose = (weight: number, time: number) =>
          expect(Math.abs(weight - time)).toBeLessThanOrEqual(2)
        expectClose(
          weightOf(frame => frame?.category !== 'idle'),
          whole.cpu,
        )
        expectClose(named('(no core)'), whole.ready ?? 0)
        expectClose(named('(blocked)'), whole.blocked)
        expectClose(named('(idle)', '(waiting)'), whole.idle)
        expectClose(sum([...samples.weight]), recording.header.wallMicros)
        expect(sum([...samples.count])).toBe(periodicSamples(recording).filter(Boolean).length)
      }),
    )
  })
})
