// The command as npm installs it: its help, its version, and running Jest with flags of ours and arguments of Jest's.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { OPTION_NAMES } from '../../src/options/option-table.js'
import { ROOT } from './support/cache.js'
import { run } from './support/commands.js'
import { createShop } from './support/shop.js'
import { JEST_MAJORS, type Suite } from './support/suite.js'

const COMMANDS = ['show', 'export', 'diff', 'merge']

describe('the command jest-profiler', () => {
  let shop: Suite
  beforeAll(async () => {
    shop = await createShop('30', 'command-line')
  })

  test('is on the path of npm scripts, and knows its version', async () => {
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

  test.each(['--help', '-h'])('%s tells of every option, command and example', async flag => {
    const { exitCode, stdout, stderr } = await shop.command([flag])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const flags = OPTION_NAMES.map(
      name => `  --${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    )
    for (const text of [...flags, ...COMMANDS.map(name => `  ${name} `), 'npx jest-profiler show --by'])
      expect(stdout).toContain(text)
    expect(stdout).not.toMatch(/undefined|\[object|choices:/)
  })

  test.each(COMMANDS)('%s has a help of its own, which fits a terminal', async command => {
    const { exitCode, stdout, stderr } = await shop.command([command, '--help'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: jest-profiler ${command} `))
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(110)
  })
})

describe.each(JEST_MAJORS)('a run by the command under Jest %s', jestMajor => {
  let shop: Suite
  beforeAll(async () => {
    const files = { 'test/fails.test.js': "test('fails', () => { throw new Error('on purpose') })" }
    shop = await createShop(jestMajor, 'command-line-run', files)
  })

  test('takes flags of ours before the dashes, and arguments of Jest behind them', async () => {
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
      jest: expect.stringMatching(`^${jestMajor}\\.`),
      tests: 4,
    })
    expect(facts.command).toContain('-t "pays by card"')
  })

  test('passes on to Jest what is none of ours, without any dashes', async () => {
    const cache = `--cacheDirectory=${join(shop.directory, '.jest-cache')}`
    const args = [cache, 'rates', '--artifacts', 'none', '-t', 'show', '--passWithNoTests']
    const { exitCode, stderr } = await shop.command(args)
    expect(exitCode).toBe(0)
    expect(stderr).toContain('1 skipped')
    expect(stderr).not.toContain('Report  ')
  })

  test('ends with 0, with 1 for a test that fails, and with 2 for a flag that is wrong, before any test', async () => {
    const flags = ['--artifacts', 'none']
    expect(await shop.profile(['rates'], { flags })).toMatchObject({ exitCode: 0 })
    expect(await shop.profile(['fails'], { flags })).toMatchObject({ exitCode: 1 })
    const budget = await shop.profile(['rates'], { flags: [...flags, '--budgets', 'fileWallMs=1'] })
    expect(budget.exitCode).toBe(1)
    expect(budget.stderr).toContain('1 figure is over: the run fails')
    const wrong = await shop.profile(['rates'], { flags: ['--top-n', '0', '--output-dir', 'never'] })
    expect(wrong).toMatchObject({
      exitCode: 2,
      stderr: 'jest-profiler: --top-n must be a whole number from 1 to 1000, got 0.\n',
    })
    expect(existsSync(join(shop.directory, 'never'))).toBe(false)
  })
})
