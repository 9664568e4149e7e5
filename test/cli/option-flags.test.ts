import { describe, expect, test } from '@jest/globals'
import { Command } from 'commander'
import { flagOf, optionFlags } from '../../src/cli/option-flags.js'
import { OPTION_NAMES } from '../../src/options/option-table.js'
import { parseOptions } from '../../src/options/options.js'

function given(...args: string[]) {
  const command = new Command().exitOverride()
  for (const option of optionFlags()) command.addOption(option)
  return command.parse(args, { from: 'user' }).opts()
}

describe('Option flags', () => {
  test('exist for each option and show its default in the help', () => {
    const flags = optionFlags().map(({ long }) => long)
    expect(flags).toEqual(expect.arrayContaining(OPTION_NAMES.map(flagOf)))
    const help = optionFlags().map(({ long, description }) => `${long} ${description}`)
    expect(help.find(line => line.startsWith('--keep-runs'))).toMatch(/\(default: 5\)$/)
    expect(help.find(line => line.startsWith('--per-file'))).toContain('all, slowest, none')
    for (const line of help) expect(line).not.toMatch(/undefined|`/)
  })

  test('set no options if none is given', () => {
    expect(given()).toEqual({})
  })

  test.each<[string[], object]>([
    [['--output-dir', 'x y'], { outputDir: 'x y' }],
    [['--top-n', '20'], { topN: 20 }],
    [['--sampling-interval-micros', 'auto'], { samplingIntervalMicros: 'auto' }],
    [['--sampling-interval-micros=500'], { samplingIntervalMicros: 500 }],
    [['--artifacts', 'html,json', '--artifacts', 'trace'], { artifacts: ['html', 'json', 'trace'] }],
    [['--artifacts', 'none'], { artifacts: [] }],
    [['--no-embed-source'], { embedSource: false }],
    [['--waits'], { waits: true }],
    [['--no-waits'], { waits: false }],
    [['--include', 'a/{b,c}.ts', '--include', 'd.ts'], { include: ['a/{b,c}.ts', 'd.ts'] }],
    [
      ['--budgets', 'testAllocatedMb=40 keptSandboxes=0'],
      { budgets: [{ testAllocatedMb: 40, keptSandboxes: 0 }] },
    ],
    [['--budgets', 'testWallMs=500 files=src/**'], { budgets: [{ testWallMs: 500, files: 'src/**' }] }],
    [
      ['--budgets', '{"testWallMs": 500}', '--budgets', 'importMs=9'],
      { budgets: [{ testWallMs: 500 }, { importMs: 9 }] },
    ],
  ])('%j set the same options as a config', (args, options) => {
    expect(given(...args)).toEqual(options)
    expect(() => parseOptions(given(...args), { base: '/' })).not.toThrow()
  })

  test('name the flag in errors about its value', () => {
    const parse = (...args: string[]) => parseOptions(given(...args), { base: '/', spell: flagOf })
    expect(() => parse('--top-n', 'many')).toThrow(
      'jest-profiler: --top-n must be a whole number from 1 to 1000, got "many".',
    )
    expect(() => parse('--per-file', 'slowets')).toThrow(
      `jest-profiler: --per-file must be 'all', 'slowest' or 'none', got "slowets". Did you mean "slowest"?`,
    )
    expect(() => given('--budgets', '{"testWallMs"')).toThrow(
      'jest-profiler: --budgets must be limits such as testWallMs=500, or JSON, got "{\\"testWallMs\\""',
    )
  })
})
