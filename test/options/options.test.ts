import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/errors/user-error.js'
import { ARTIFACT_NAMES } from '../../src/formats/artifact-names.js'
import { OPTION_NAMES, OPTIONS } from '../../src/options/option-table.js'
import { parseOptions } from '../../src/options/options.js'

const context = { base: '/project', where: "in the options of 'jest-profiler/reporter'" }
const parse = (given: unknown) => parseOptions(given, context)
const begin = "jest-profiler: in the options of 'jest-profiler/reporter': "

/** The lines of the error, without their common prefix. */
function mistakes(given: unknown): string[] {
  try {
    parse(given)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    const lines = (error as Error).message.split('\n')
    expect(lines.filter(line => !line.startsWith(begin))).toEqual([])
    return lines.map(line => line.slice(begin.length))
  }
  throw new Error('nothing was thrown')
}

const limits =
  'testWallMs, testCpuMs, fileWallMs, importMs, hookMs, moduleImportMs, testAllocatedMb, heapGrowthMb, keptSandboxes'
const artifacts = ARTIFACT_NAMES.map(name => `'${name}'`)
  .join(', ')
  .replace(/, (?=[^,]+$)/, ' or ')

describe('parseOptions', () => {
  test('fills in every default', () => {
    const defaults = {
      outputDir: '/project/.jest-profiler',
      keepRuns: 5,
      engine: 'inspector',
      samplingIntervalMicros: 'auto',
      topN: 10,
      artifacts: ['html', 'markdown', 'json'],
      embedSource: true,
      perFile: 'slowest',
      perTest: 'slowest',
      include: null,
      waits: 'auto',
      memory: false,
      stallSeconds: 30,
      budgets: [],
    }
    expect(parse({})).toEqual(defaults)
    expect(parse(undefined)).toEqual(defaults)
  })

  test('resolves outputDir against the display root, unless it is absolute', () => {
    expect(parse({ outputDir: 'build/profiles' }).outputDir).toBe('/project/build/profiles')
    expect(parse({ outputDir: '/runs' }).outputDir).toBe('/runs')
  })

  test.each([
    [
      'src/**/*.test.ts',
      ['src/a.test.ts', 'src/x/y/a.test.ts', 'src/.x/a.test.ts'],
      ['lib/src/a.test.ts', 'src/a.ts'],
    ],
    ['./test/*.js', ['test/a.js'], ['test/x/a.js', './test/a.js']],
    ['**/cart*', ['cart.test.ts', 'x/cart.test.ts'], ['x/cart/a.test.ts']],
  ])('matches include %s against paths below the display root', (include, matching, others) => {
    const [source = ''] = parse({ include }).include ?? []
    const matches = (path: string) => new RegExp(source).test(path)
    expect(matching.filter(path => !matches(path))).toEqual([])
    expect(others.filter(matches)).toEqual([])
  })

  test('accepts an array as include', () => {
    expect(parse({ include: ['a', 'b'] }).include).toHaveLength(2)
  })

  test('keeps the patterns of a budget as written, with globs compiled like those of include', () => {
    const { budgets } = parse({
      budgets: [
        { files: './test/*.js', testWallMs: 20 },
        { tests: 'a|b', testCpuMs: 0.5 },
      ],
    })
    const [source = ''] = budgets[0]?.filePatterns ?? []
    expect(new RegExp(source).test('test/a.js')).toBe(true)
    expect(new RegExp(source).test('test/x/a.js')).toBe(false)
    expect(budgets).toEqual([
      { files: ['./test/*.js'], filePatterns: [source], tests: null, limits: { testWallMs: 20 } },
      { files: null, filePatterns: null, tests: 'a|b', limits: { testCpuMs: 0.5 } },
    ])
  })

  test('accepts an empty array of artifacts', () => {
    expect(parse({ artifacts: [] }).artifacts).toEqual([])
  })

  test.each<[object, string]>([
    [{ outputDir: '' }, 'option "outputDir" must be a path, got "".'],
    [{ outputDir: null }, 'option "outputDir" must be a path, got null.'],
    [{ keepRuns: 0 }, 'option "keepRuns" must be a whole number from 1 to 10000, got 0.'],
    [{ keepRuns: '5' }, 'option "keepRuns" must be a whole number from 1 to 10000, got "5".'],
    [{ topN: 2.5 }, 'option "topN" must be a whole number from 1 to 1000, got 2.5.'],
    [{ topN: 1001 }, 'option "topN" must be a whole number from 1 to 1000, got 1001.'],
    [{ topN: Number.NaN }, 'option "topN" must be a whole number from 1 to 1000, got NaN.'],
    [{ topN: 10n }, 'option "topN" must be a whole number from 1 to 1000, got 10n.'],
    [
      { engine: 'inspecter' },
      'option "engine" must be \'inspector\', \'v8-profiler-next\' or \'none\', got "inspecter". Did you mean "inspector"?',
    ],
    [
      { engine: 'perf' },
      "option \"engine\" must be 'inspector', 'v8-profiler-next' or 'none', got \"perf\".",
    ],
    [
      { engine: () => 1 },
      "option \"engine\" must be 'inspector', 'v8-profiler-next' or 'none', got a function.",
    ],
    [
      { samplingIntervalMicros: 49 },
      'option "samplingIntervalMicros" must be \'auto\' or a whole number from 50 to 100000, got 49.',
    ],
    [
      { samplingIntervalMicros: 'automatic' },
      'option "samplingIntervalMicros" must be \'auto\' or a whole number from 50 to 100000, got "automatic".',
    ],
    [{ artifacts: 'markdown' }, `option "artifacts" must be an array of ${artifacts}, got "markdown".`],
    [
      { artifacts: ['json', 'markdwon'] },
      `option "artifacts" must be an array of ${artifacts}, got ["json","markdwon"]. Did you mean "markdown"?`,
    ],
    [
      { perFile: 'Slowest' },
      `option "perFile" must be 'all', 'slowest' or 'none', got "Slowest". Did you mean "slowest"?`,
    ],
    [{ perTest: true }, "option \"perTest\" must be 'all', 'slowest' or 'none', got true."],
    [{ include: [] }, 'option "include" must be a glob or an array of globs, got [].'],
    [{ include: ['a', 7] }, 'option "include" must be a glob or an array of globs, got ["a",7].'],
    [{ waits: 'yes' }, 'option "waits" must be \'auto\' or a boolean, got "yes".'],
    [
      { budgets: { testWallMs: 5 } },
      'option "budgets" must be an array of budgets, such as [{ testWallMs: 2000 }], got {"testWallMs":5}.',
    ],
    [
      { budgets: [{ testWallMs: 5 }, 7] },
      `option "budgets[1]" must be an object with at least one limit of ${limits}, got 7.`,
    ],
    [
      { budgets: [{ files: 'test/**' }] },
      `option "budgets[0]" must be an object with at least one limit of ${limits}, got {"files":"test/**"}.`,
    ],
    [
      { budgets: [{ testWallMs: '5' }] },
      'option "budgets[0].testWallMs" must be a number of milliseconds above 0, got "5".',
    ],
    [
      { budgets: [{ hookMs: 0 }] },
      'option "budgets[0].hookMs" must be a number of milliseconds above 0, got 0.',
    ],
    [
      { budgets: [{ testAllocatedMb: 0 }] },
      'option "budgets[0].testAllocatedMb" must be a number of megabytes above 0, got 0.',
    ],
    [
      { budgets: [{ keptSandboxes: -1 }] },
      'option "budgets[0].keptSandboxes" must be a whole number from 0 to 1000000, got -1.',
    ],
    [
      { budgets: [{ files: ['a', 7], hookMs: 1 }] },
      'option "budgets[0].files" must be a glob or an array of globs, got ["a",7].',
    ],
    [
      { budgets: [{ tests: '(', testWallMs: 1 }] },
      'option "budgets[0].tests" must be a regular expression, written as a string, got "(".',
    ],
    [
      { budgets: [{ tests: 'cart', testWallMs: 1, importMs: 1 }] },
      'option "budgets[0].tests" must be left out beside limits for files: it is for testWallMs, testCpuMs and testAllocatedMb only, got "cart".',
    ],
    [
      { budgets: [{ testWallMs: 1 }, { importsMs: 1, hookMs: 1 }] },
      'option "budgets[1]" has no "importsMs". Did you mean "importMs"?',
    ],
    [
      { budgets: [{ colour: 1, hookMs: 1 }] },
      `option "budgets[0]" has no "colour". It may have: files, tests, ${limits}.`,
    ],
    [{ topn: 5 }, 'unknown option "topn". Did you mean "topN"?'],
  ])('rejects %j with a one-line message', (given, line) => {
    const [first, ...others] = mistakes(given)
    expect(others).toEqual([])
    expect(first).toBe(line)
  })

  test('lists all options when an unknown name is similar to none', () => {
    expect(mistakes({ colour: 'red' })).toEqual([
      `unknown option "colour". Options: ${OPTION_NAMES.join(', ')}.`,
    ])
  })

  test('reports several mistakes on several lines', () => {
    expect(mistakes({ topN: 0, keepRun: 3, engine: 'v8', artifacts: ['html!', 'md'] })).toHaveLength(5)
  })

  test.each([['text'], [7], [['topN']], [true]])('rejects options that are no object: %j', given => {
    expect(mistakes(given)).toEqual([
      `options must be an object, got ${JSON.stringify(given)}. Write ['jest-profiler/reporter', { topN: 20 }].`,
    ])
  })
})

test('every option has a description', () => {
  expect(OPTION_NAMES.toSorted()).toEqual(Object.keys(parse({})).toSorted())
  expect(OPTION_NAMES.filter(name => OPTIONS[name].description === '')).toEqual([])
})
