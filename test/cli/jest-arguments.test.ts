import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { selectJestArguments } from '../../src/cli/jest-arguments.js'
import { optionFlags } from '../../src/cli/option-flags.js'

const ownFlags = optionFlags().flatMap(({ long }) => long ?? [])
const passed = (unknown: string[], behind?: string[]) => selectJestArguments(unknown, { behind, ownFlags })

describe('selectJestArguments', () => {
  test('returns all arguments other than the profiler’s, in order', () => {
    expect(passed(['test/a.test.ts', '-t', 'adds up', '--watch'])).toEqual([
      ...['test/a.test.ts', '-t', 'adds up', '--watch'],
    ])
  })

  test('appends all arguments after --, including the profiler’s flags', () => {
    expect(passed(['a.test.ts'], ['--top-n', '--', 'show'])).toEqual(['a.test.ts', '--top-n', '--', 'show'])
  })

  test.each([
    ['--top', '--top-n'],
    ['--topN', '--top-n'],
    ['--topn=5', '--top-n'],
    ['--outputDir', '--output-dir'],
    ['--artifact', '--artifacts'],
    ['--sampling-interval-microseconds', undefined],
  ])('for %s suggests %s', (flag, meant) => {
    if (meant === undefined) expect(passed([flag])).toEqual([flag])
    else
      expect(() => passed([flag])).toThrow(
        `jest-profiler: unknown flag ${flag.split('=')[0]}. Did you mean ${meant}?`,
      )
  })

  test('rejects flags of Jest before --', () => {
    expect(() => passed(['--watch'], ['a.test.ts'])).toThrow(
      "jest-profiler: unknown flag --watch. Put Jest's flags after --; jest-profiler's own are in `npx jest-profiler --help`.",
    )
  })

  test('rejects no flag of Jest as a misspelling', () => {
    const { yargsOptions }: { yargsOptions: Record<string, unknown> } = createRequire(import.meta.url)(
      'jest-cli',
    )
    const flags = Object.keys(yargsOptions).flatMap(name => {
      const kebab = name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
      return [`--${name}`, `--${kebab}`, `--no-${kebab}`]
    })
    expect(flags).toContain('--watch')
    for (const flag of flags) expect(passed([flag])).toEqual([flag])
  })
})
