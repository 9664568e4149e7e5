import { describe, expect, test } from '@jest/globals'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { findFindings } from '../../src/findings/find.js'
import { withoutOverlaps } from '../../src/findings/overlaps.js'
import type { FindingDraft } from '../../src/findings/rule.js'
import { collectedBelow, hookTimeBelow } from '../../src/findings/shared-time.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import type { HookReport } from '../../src/report/account-reports.js'
import type { FindingId } from '../../src/report/finding-rules.js'
import { factsOf, NO_TIMES } from '../support/facts.js'
import { resolvedFromText, span } from '../support/recording.js'
import { recordedFile, reportOf } from '../support/run-record.js'
import { withWaits } from '../support/waits.js'

const finding = (id: FindingId, costMs: number, shares?: FindingDraft['shares']): FindingDraft => ({
  ...{ id, confidence: 'high', title: `The title of ${id}`, evidence: 'Measured.', remedy: 'Change it.' },
  ...{ costMs, savings: { files: new Map() }, position: null, ...(shares === undefined ? {} : { shares }) },
})

const HOOK: HookReport = {
  ...{ type: 'beforeEach', describe: [], file: 'a.test.js', line: 11, column: 5, count: 1, files: 1 },
  ...{ ...NO_TIMES, wallMs: 3000, cpuMs: 3000, gcMs: 600 },
}
const HOOK_PLACE = 'beforeEach:a.test.js:11'

/** The remaining findings as `id cost`, in a run with 10 s of files' time and 5 s of CPU time. */
const left = (found: readonly FindingDraft[], facts = factsOf({ report: { hooks: [HOOK] } })) =>
  withoutOverlaps(found, facts).map(({ id, costMs }) => `${id} ${costMs}`)

describe('withoutOverlaps', () => {
  test('counts type checks in their own finding and only the rest in cold-cache', () => {
    const rest = withoutOverlaps(
      [finding('cold-cache', 1000), finding('ts-jest-type-check', 700)],
      factsOf({}),
    )
    expect(rest.map(({ id, costMs }) => [id, costMs])).toEqual([
      ['ts-jest-type-check', 700],
      ['cold-cache', 300],
    ])
    expect(rest.map(({ evidence }) => evidence)).toEqual([
      'Measured.',
      'Measured. Up to 700 ms is counted in “The title of ts-jest-type-check” instead.',
    ])
  })

  test.each(['coverage-cost', 'open-handle-detection'] as const)(
    'counts time below transforms only in %s',
    rule => {
      const found = [finding('cold-cache', 1000), finding(rule, 700, { transformMs: 300 })]
      expect(left(found)).toEqual([`${rule} 700`, 'cold-cache 700'])
      const barrel = finding('barrel:src/index.js', 500, { modules: new Map(), transformMs: 200 })
      expect(left([barrel, finding(rule, 700, { transformMs: 300 })])).toEqual([
        `${rule} 700`,
        'barrel:src/index.js 300',
      ])
    },
  )

  test.each(['cache-off', 'cache-never-warms:t.js'] as const)(
    'counts the transforms of unused modules in %s, which a cache would spare',
    id => {
      const barrel = finding('barrel:src/index.js', 900, { modules: new Map(), transformMs: 850 })
      expect(left([barrel, finding(id, 1000)])).toEqual([`${id} 1000`, 'barrel:src/index.js 50'])
    },
  )

  test('counts the calls of an environment, and the resolving of unused modules, in the finding about that code', () => {
    const at = (file: string) => ({ position: { file, line: 1, column: 1 } })
    const resolver = { ...finding('jest-extension:resolver r.js', 1000), ...at('r.js') }
    const call = { ...finding('costly-calls:node node:fs statSync', 400), ...at('r.js') }
    const barrel = finding('barrel:src/index.js', 1300, { modules: new Map(), transformMs: 0 })
    expect(left([call, barrel, resolver])).toEqual([
      'jest-extension:resolver r.js 1000',
      'barrel:src/index.js 300',
    ])
    const environment = finding('jest-extension:environment e.js', 2000, { fixedMs: 2000 })
    expect(left([finding('fixed-cost', 4500), environment])).toEqual([
      'jest-extension:environment e.js 2000',
      'fixed-cost 2500',
    ])
  })

  test('omits a finding whose rest would be too small', () => {
    expect(left([finding('cold-cache', 1000), finding('ts-jest-type-check', 900)])).toEqual([
      'ts-jest-type-check 900',
    ])
    const hook = finding(`dominant-hook:${HOOK_PLACE}`, 3000)
    const wait = finding('real-timers:src/sleep.js:3', 2900, { inHooks: new Map([[HOOK_PLACE, 2900]]) })
    expect(left([hook, wait])).toEqual(['real-timers:src/sleep.js:3 2900'])
  })

  test.each(['polling', 'real-timers', 'timed-out-waits', 'serial-awaits'] as const)(
    'counts waits in a hook in %s and not in dominant-hook',
    rule => {
      const hook = finding(`dominant-hook:${HOOK_PLACE}`, 3000)
      const wait = finding(`${rule}:src/sleep.js:3`, 4000, {
        inHooks: new Map([
          [HOOK_PLACE, 800],
          ['other', 3200],
        ]),
      })
      expect(left([hook, wait])).toEqual([`${rule}:src/sleep.js:3 4000`, `dominant-hook:${HOOK_PLACE} 2200`])
    },
  )

  test('counts modules shared by barrels once, in the most expensive barrel', () => {
    const large = finding('barrel:a', 900, {
      modules: new Map([
        ['x', 500],
        ['y', 400],
      ]),
      transformMs: 0,
    })
    const small = finding('barrel:b', 600, {
      modules: new Map([
        ['x', 500],
        ['z', 100],
      ]),
      transformMs: 0,
    })
    expect(left([small, large])).toEqual(['barrel:a 900', 'barrel:b 100'])
  })

  test('counts transforms of a barrel in the barrel and not in cold-cache', () => {
    const barrel = finding('barrel:a', 900, { modules: new Map(), transformMs: 400 })
    expect(left([finding('cold-cache', 1000), barrel])).toEqual(['barrel:a 900', 'cold-cache 600'])
  })

  test('counts garbage collection in a hook in dominant-hook', () => {
    const hook = finding(`dominant-hook:${HOOK_PLACE}`, 3000)
    expect(left([finding('garbage-collection', 1600), hook])).toEqual([
      `dominant-hook:${HOOK_PLACE} 3000`,
      'garbage-collection 1000',
    ])
  })

  test('keeps findings without common time unchanged', () => {
    const ids: FindingId[] = [
      'real-timers:a.js:1',
      'long-pole:a.test.js',
      'more-workers-than-cores',
      'unused-jsdom',
    ]
    const found = ids.map(id => finding(id, 500))
    expect(new Set(withoutOverlaps(found, factsOf({})))).toEqual(new Set(found))
  })
})

describe('The time in a hook', () => {
  const MS = 1000
  const recording = withWaits(
    resolvedFromText(
      `
      0                                         500000                                    1000000                                   1500000                                   2500000
      load                                      process[transform:ts-jest]                process[transform:ts-jest]                idle                                      A
                                                checkSourceFile[transform:typescript]     gc
      `,
      {
        header: { wallMicros: 3000 * MS },
        tests: [span({ index: 0, start: 250 * MS, end: 2900 * MS })],
        hooks: {
          definitions: [{ type: 'beforeEach', describe: [], site: 0 }],
          runs: { definition: [0], start: [300 * MS], end: [2500 * MS], test: [0] },
        },
      },
    ),
    { resources: [{ stack: ['C[test]', 'helper'] }], wakes: [[2500 * MS, 0]] },
  )
  const builder = new ProfileBuilder()
  foldRecording(builder, recording)
  const facts = factsOf({
    profile: builder.build(),
    records: [recordedFile(recording)],
    report: reportOf([recording]),
  })

  // The first sample in the hook after a pause of the sampler counts from the start of the hook.
  test('is CPU time by stack and scope, and garbage collection by stack', () => {
    const [place = ''] = hookTimeBelow(facts, () => true).keys()
    expect(place).toMatch(/^beforeEach:.*:11$/)
    expect(hookTimeBelow(facts, () => true).get(place)).toBe(1200)
    expect(hookTimeBelow(facts, ({ package: name }) => name === 'ts-jest').get(place)).toBe(1200)
    expect(hookTimeBelow(facts, ({ package: name }) => name === 'typescript').get(place)).toBe(1200)
    expect(collectedBelow(facts.profile, ({ category }) => category === 'transform')).toBe(500)
    expect(collectedBelow(facts.profile, ({ package: name }) => name === 'typescript')).toBe(500)
  })

  test('that was spent waiting is only in the finding for the wait', () => {
    const found = findFindings(facts).findings
    expect(found.map(({ id, costMs }) => [id.replace(/:.*/, ''), costMs])).toContainEqual([
      'real-timers',
      1000,
    ])
    const [hook] = found.filter(({ id }) => id.startsWith('dominant-hook'))
    expect(hook?.costMs).toBe(1200)
    expect(found.every(entry => !('shares' in entry))).toBe(true)
  })
})
