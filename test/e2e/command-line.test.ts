// The command as npm installs it: help, version, and runs of Jest with the profiler's flags and Jest's arguments.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { OPTION_NAMES } from '../../src/options/option-table.js'
import { ROOT } from './support/cache.js'
import { run } from './support/commands.js'
import { createShop } from './support/shop.js'
import { JEST_MAJORS, NEWEST_JEST, type Suite } from './support/suite.js'

const COMMANDS = ['show', 'export', 'diff', 'merge']

describe('the command jest-profiler', () => {
  let shop: Suite
  beforeAll(async () => {
    shop = await createShop('30', 'command-line')
  })

  test('is linked into node_modules/.bin, and prints its version', async () => {
    const { directory } = shop
    const bin = join(
      directory,
      '../../node_modules/.bin',
      process.platform === 'win32' ? 'jest-profiler.cmd' : 'jest-profiler',
    )
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(await run(bin, ['--version'], { cwd: directory })).toEqual({
      ...{ exitCode: 0, signal: null, stdout: `${version}\n`, stderr: '' },
    })
  })

  test.each(['--help', '-h'])('%s lists every option, command and example', async flag => {
    const { exitCode, stdout, stderr } = await shop.command([flag])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const flags = OPTION_NAMES.map(
      name => `  --${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    )
    for (const text of [
      ...flags,
      ...COMMANDS.map(name => `  ${name} `),
      'npx jest-profiler diff latest~1 latest',
    ])
      expect(stdout).toContain(text)
    expect(stdout).not.toMatch(/undefined|\[object/)
  })

  test.each(COMMANDS)('%s has its own help, which fits a terminal', async command => {
    const { exitCode, stdout, stderr } = await shop.command([command, '--help'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: jest-profiler ${command} `))
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(110)
  })
})

const FAILING = { 'test/fails.test.js': "test('fails', () => { throw new Error('on purpose') })" }

// Jest parses its arguments, and the versions have different flags.
test.each(JEST_MAJORS)(
  'flags that are not the profiler’s reach Jest %s without dashes before them',
  async jestMajor => {
    const shop = await createShop(jestMajor, 'command-line-flags')
    const cache = `--cacheDirectory=${join(shop.directory, '.jest-cache')}`
    const args = [cache, 'rates', '--artifacts', 'none', '-t', 'show', '--passWithNoTests']
    const { exitCode, stderr } = await shop.command(args)
    expect(exitCode).toBe(0)
    expect(stderr).toContain('1 skipped')
    expect(stderr).not.toContain('Report  ')
  },
)

describe('a run by the command', () => {
  let shop: Suite
  beforeAll(async () => {
    shop = await createShop(NEWEST_JEST, 'command-line-run', FAILING)
  })

  test('takes the profiler’s flags before the dashes, and Jest’s arguments after them', async () => {
    const flags = [
      '--top-n=2',
      '--artifacts',
      'json,collapsed',
      '--output-dir',
      'profiles',
      '--keep-runs',
      '1',
    ]
    const args = ['checkout', '-t', 'pays by card', '--verbose']
    const { exitCode, stderr } = await shop.profile(args, { flags })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('✓ pays by card') })
    const folder = join(shop.directory, 'profiles/latest')
    expect(readdirSync(folder).filter(name => /^(report|profile)/.test(name))).toEqual([
      ...['profile.collapsed.txt', 'report.json'],
    ])
    const { run: facts, totals } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    expect({ jest: facts.jestVersion, tests: totals.tests }).toEqual({
      jest: expect.stringMatching(`^${NEWEST_JEST}\\.`),
      tests: 4,
    })
    expect(facts.command).toContain('-t "pays by card"')
  })

  test('ends with 0, with 1 when a test fails or a budget is exceeded, and with 2 before any test when a flag is wrong', async () => {
    const flags = ['--artifacts', 'none']
    expect(await shop.profile(['rates'], { flags })).toMatchObject({ exitCode: 0 })
    expect(await shop.profile(['fails'], { flags })).toMatchObject({ exitCode: 1 })
    const budget = await shop.profile(['rates'], { flags: [...flags, '--budgets', 'fileWallMs=1'] })
    expect(budget.exitCode).toBe(1)
    expect(budget.stderr).toContain('1 limit exceeded (run fails)')
    const wrong = await shop.profile(['rates'], { flags: ['--top-n', '0', '--output-dir', 'never'] })
    expect(wrong).toMatchObject({
      exitCode: 2,
      stderr: 'jest-profiler: --top-n must be a whole number from 1 to 1000, got 0.\n',
    })
    expect(existsSync(join(shop.directory, 'never'))).toBe(false)
  })
})
