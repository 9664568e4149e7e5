import { describe, expect, test } from '@jest/globals'
import type { FindingDraft } from '../../../src/findings/rule.js'
import { costlyCalls } from '../../../src/findings/rules/costly-calls.js'
import { buildCalls } from '../../../src/report/build/build-calls.js'
import { testIdentifier } from '../../../src/report/build/hotspots.js'
import { TestNames } from '../../../src/report/build/listed-tests.js'
import { factsOf } from '../../support/facts.js'
import { profileFromText } from '../../support/profile-from-text.js'

/** Findings of a run in which each stack was sampled thirty times; CPU time is that of all samples unless given. */
function found(stacks: string[][], cpuMs = stacks.length * 300): FindingDraft[] {
  const text = ['heads', ...stacks.map(frames => frames)]
  const depth = Math.max(...stacks.map(frames => frames.length))
  const width = 1 + Math.max(...text.flat().map(name => name.length))
  const lines = [stacks.map(() => 't1'.padEnd(width)).join('')]
  for (let row = 0; row < depth; row++)
    lines.push(stacks.map(frames => (frames[row] ?? '').padEnd(width)).join(''))
  const drawn = profileFromText(lines.join('\n'), { weight: 300_000 })
  const profile = {
    ...drawn,
    values: drawn.values.map(value => ({ ...value, count: Array.from(value.count, amount => 30 * amount) })),
  } as unknown as typeof drawn
  const naming = { names: new TestNames(), toRelative: (path: string) => path.replace('/project/', '') }
  const identify = testIdentifier(profile.scopes, [], naming)
  const calls = buildCalls(profile, [], { ...naming, identify })
  return costlyCalls(factsOf({ profile, report: { calls, totals: { cpuMs } } }))
}

const QUERY = ['A', 'queryAllByRole[dependency:@testing-library/dom]']
const VISIBLE = [
  ...QUERY,
  'isInaccessible[dependency:@testing-library/dom]',
  'getComputedStyle[dependency:jsdom]',
]

describe('costlyCalls', () => {
  test('states the part of a call that a known remedy spares, and counts nothing else', () => {
    const [finding, ...others] = found([QUERY, VISIBLE])
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      id: 'costly-calls:library @testing-library/dom queryAllByRole',
      confidence: 'medium',
      title:
        '`@testing-library/dom › queryAllByRole` in `A` takes 100 % of CPU time, 50 % for checks of visibility',
      costMs: 300,
      remedy: expect.stringContaining('defaultHidden'),
      position: { file: 'src/A.js' },
    })
    expect(finding?.evidence).toContain('600 ms below the calls of 1 function in src/A.js, of it 300 ms for')
  })

  test('says what is known of the whole call where the spared part is small', () => {
    const [finding, ...others] = found([QUERY])
    expect(others).toEqual([])
    expect(finding).toMatchObject({ confidence: 'low', costMs: 300 })
    expect(finding?.remedy).toContain('`within(element)`')
  })

  test('does not count modules that are loaded below a call, which happens once', () => {
    const loading = [
      'A',
      'create[dependency:nest]',
      'requireModule[jest:jest-runtime]',
      'express[dependency:express]',
    ]
    expect(found([loading])).toEqual([])
    expect(found([loading, ['A', 'create[dependency:nest]']])[0]?.costMs).toBe(300)
  })

  test('shows no place where the call is made in many', () => {
    const stacks = ['one', 'two', 'three', 'four', 'five', 'six'].map(name => [
      name,
      'compile[dependency:handlebars]',
    ])
    const [finding] = found(stacks)
    expect(finding?.position).toBeNull()
    expect(finding?.title).toContain(', in 6 functions of 6 files')
  })

  test('names no test where many lead to the call', () => {
    const stacks = ['one', 'two', 'three'].map(name => [
      `${name}[test]`,
      'A',
      'compile[dependency:handlebars]',
    ])
    expect(found(stacks)[0]?.title).not.toContain('called from')
  })

  test('does not advise component tests to render nothing', () => {
    expect(found([['A', 'mount[dependency:@vue/test-utils]']])).toEqual([])
    expect(found([['A', 'render[dependency:@testing-library/react]']])).toEqual([])
  })

  test('leaves hooks of promises to the finding about them', () => {
    expect(found([['A', 'promiseInitHook[node:async_hooks]']])).toEqual([])
  })

  test('names the test that leads to the call by a helper', () => {
    const [finding] = found([['checks[test]', 'A', 'compile[dependency:handlebars]']])
    expect(finding?.title).toMatch(/^`handlebars › compile` in `A` takes .*, called from a\.test\.js:1$/)
  })

  test.each([
    [['hashSync[dependency:bcryptjs]'], 'lowest one in tests'],
    [['advanceTimersByTime[jest:jest-runtime]'], 'setSystemTime'],
    [['pbkdf2Sync[node:crypto]'], 'lowest one in tests'],
    [['error[jest:@jest/console]'], '--silent'],
    [['throwingMatcher[jest:expect]', 'toEqual[jest:expect]'], 'compare the part'],
    [['throwingMatcher[jest:expect]', 'toMatchSnapshot[jest:jest-snapshot]'], 'snapshot of the part'],
    [
      ['throwingMatcher[jest:expect]', 'toBeVisible[dependency:@testing-library/jest-dom]'],
      'toBeInTheDocument',
    ],
    [['requireModuleOrMock[jest:jest-runtime]', '_generateMock[jest:jest-runtime]'], 'Give a factory'],
    [['compile[dependency:handlebars]'], 'keep the result between calls in src/A.js'],
  ])('knows what to do about %j', (frames, remedy) => {
    const [finding] = found([['A', ...frames]])
    expect(finding?.remedy).toContain(remedy)
    expect(finding?.costMs).toBe(300)
  })

  test('needs a tenth of the CPU time where no remedy is known, and leaves loading of modules to other rules', () => {
    expect(found([['A', 'compile[dependency:handlebars]']], 3001)).toEqual([])
    expect(found([['A', 'compile[dependency:handlebars]']], 3000)).toHaveLength(1)
    expect(found([['A', 'requireModuleOrMock[jest:jest-runtime]']])).toEqual([])
    expect(found([['A', 'log[jest:jest-circus]']])).toEqual([])
  })
})
