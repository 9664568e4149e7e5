import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { toCollapsed } from '../../../src/formats/profiles/collapsed.js'
import { NO_CALLER, type Profile, type Scope } from '../../../src/profile/profile.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import type { Report } from '../../../src/report/report.js'
import { wholeWeight } from '../../support/all-samples.js'
import { anyRecordingsInTwoOrders } from '../../support/any-recording.js'
import { HOSTILE } from '../../support/drawn-reports.js'
import { fileReport, testReport } from '../../support/facts.js'
import { readFolded } from '../../support/folded-stacks.js'
import { drawnFrame, drawnScope, profileFromText } from '../../support/profile-from-text.js'
import { reportOf } from '../../support/run-record.js'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** One sample of 10 µs of a single function for each name and scope. */
function profileOf(
  samples: readonly { name?: string; file?: string; line?: number; scope?: Partial<Scope> }[],
) {
  const builder = new ProfileBuilder()
  for (const { name = 'A', file = '', line = 0, scope = {} } of samples) {
    const stack = builder.stack(builder.frame({ ...drawnFrame('A'), name, file, line }), NO_CALLER)
    const index = builder.scope({ ...drawnScope('-'), ...scope })
    builder.addSamples(stack, index, { start: 0, weight: 10, count: 1 })
  }
  return builder.build()
}

function lines(profile: Profile, report: Report = reportOf([]), mostFrames?: number): string[] {
  const text = toCollapsed(profile, report, mostFrames === undefined ? {} : { mostFrames })
  readFolded(text)
  return text.split('\n').slice(0, -1)
}

describe('toCollapsed', () => {
  test('writes sorted lines with file, test and stack, outermost frame first', () => {
    const profile = profileFromText(
      `
      b:t1  t1  t0  t1  -     -
      A     A   A   A   idle  readSync[node:fs]
            B       B
      `,
      { weight: 10 },
    )
    expect(lines(profile)).toEqual([
      'a.test.js;(other);(idle) 10',
      'a.test.js;(other);readSync node:fs:1 10',
      'a.test.js;test 0;A src/A.js:1 10',
      'a.test.js;test 1;A src/A.js:1;B src/B.js:1 20',
      'b.test.js;test 1;A src/A.js:1 10',
    ])
  })

  test('writes the phase in place of the test outside tests', () => {
    const scopes: Partial<Scope>[] = [
      { phase: 'imports' },
      { phase: 'hooks', hook: 0 },
      { phase: 'hooks', hook: 0, test: 0, attempt: 1 },
    ]
    expect(lines(profileOf(scopes.map(scope => ({ scope }))))).toEqual([
      'a.test.js;(hooks);A 10',
      'a.test.js;(imports);A 10',
      'a.test.js;test 0;A 10',
    ])
  })

  test('merges samples that differ only in worker, hook or column into one line', () => {
    const scope = { test: 0, attempt: 1 }
    const profile = profileOf([
      { name: 'a;b', scope },
      { name: 'a,b', scope: { ...scope, worker: 2 } },
      { name: 'a,b', scope: { ...scope, phase: 'hooks', hook: 1 } },
    ])
    expect(lines(profile)).toEqual(['a.test.js;test 0;a,b 30'])
  })

  test('includes the name of the project if there is one', () => {
    const report = {
      ...reportOf([]),
      files: [fileReport({ path: 'a.test.js', project: 'unit', projectId: 'p1' })],
    }
    expect(lines(profileOf([{ scope: { project: 'p1' } }]), report)).toEqual(['unit: a.test.js;(other);A 10'])
  })

  test('writes nothing for an empty profile', () => {
    expect(toCollapsed(new ProfileBuilder().build(), reportOf([]))).toBe('')
  })

  test('cuts stacks at the last heavy caller above the limit, and loses no time', () => {
    const profile = profileFromText(
      `
      t1  t1  t1  t1  t1  t1  t1  t1  t2  t2
      A   A   A   A   A   A   A   A   B   A
      D   D   D   D   D   E   F   G       D
      `,
    )
    expect(lines(profile, reportOf([]), 10)).toEqual([
      'a.test.js;test 1;A src/A.js:1;(other) 3',
      'a.test.js;test 1;A src/A.js:1;D src/D.js:1 5',
      'a.test.js;test 2;(other) 1',
      'a.test.js;test 2;A src/A.js:1;D src/D.js:1 1',
    ])
    expect(lines(profile, reportOf([]), 6)).toEqual([
      'a.test.js;test 1;(other) 8',
      'a.test.js;test 2;(other) 2',
    ])
  })
})

describe('Names in collapsed stacks', () => {
  test.each([
    ['a;b', 'a,b'],
    ['new\nline\r\n\u2028\u0000', 'new line'],
    ['', '(anonymous)'],
    [' ; ', ','],
    ['get 12', 'get_12'],
    ['get 1.', 'get_1.'],
    ['3', '3'],
  ])('write %j as %j', (name, written) => {
    expect(lines(profileOf([{ name }]))).toEqual([`a.test.js;(other);${written} 10`])
  })

  test('keep a path that ends in a number apart from the weight', () => {
    expect(lines(profileOf([{ file: '/project/src/copy 2' }]))).toEqual(['a.test.js;(other);A src/copy_2 10'])
  })

  test('are plain text in tests and paths as well', () => {
    const name = 'new line red link | `tick` <img src=x>  gnp.exe *b*'
    const file = fileReport({
      path: HOSTILE,
      project: `;${HOSTILE}`,
      projectId: 'p1',
      tests: [testReport({ index: 0, name: [HOSTILE, '1;2 3'] })],
    })
    const scope = { project: 'p1', file: `/project/${HOSTILE}`, test: 0, attempt: 1 }
    expect(
      lines(profileOf([{ name: HOSTILE, file: HOSTILE, line: 4, scope }]), {
        ...reportOf([]),
        files: [file],
      }),
    ).toEqual([`,${name}: ${name};${name} › 1,2 3;${name} ${name}:4 10`])
  })

  test('leave every line readable with its weight', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ';', ' ', '\n', '\u2029', '1', '.', '\u001b', '#', ':'),
    })
    fc.assert(
      fc.property(fc.array(fc.record({ name: text, file: text }), { maxLength: 8 }), samples => {
        const folded = readFolded(toCollapsed(profileOf(samples), reportOf([])))
        expect(sum(folded.map(({ weight }) => weight))).toBe(10 * samples.length)
        expect(folded.every(({ frames }) => frames.length === 3)).toBe(true)
      }),
    )
  })
})

test('Collapsed stacks are the same text for any order of recordings, and contain all time', () => {
  fc.assert(
    fc.property(anyRecordingsInTwoOrders, fc.integer({ min: 1, max: 3000 }), ([one, other], room) => {
      const [profile, same] = [one, other].map(recordings => {
        const builder = new ProfileBuilder()
        for (const recording of recordings) foldRecording(builder, recording)
        return builder.build()
      }) as [Profile, Profile]
      for (const options of [{ mostFrames: room }, {}]) {
        const text = toCollapsed(profile, reportOf(one), options)
        expect(toCollapsed(same, reportOf(other), options)).toBe(text)
        expect(sum(readFolded(text).map(({ weight }) => weight))).toBe(wholeWeight(profile))
      }
    }),
  )
})
