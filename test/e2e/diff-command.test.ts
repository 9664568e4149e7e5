// `jest-profiler diff` compares real runs, as text, Markdown and JSON, and as a gate.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Comparison } from '../../src/compare/comparison.js'
import { createShop, recordRun } from './support/shop.js'
import type { Suite } from './support/suite.js'

const RUNS = 4
/** The function that becomes slower, by more than the noise of any machine. */
const slow = (ms: number) => ({
  'src/total.js': `exports.total = function total() { const end = Date.now() + ${ms}; while (Date.now() < end); }`,
})

let suite: Suite

async function diff(...args: string[]) {
  return suite.command(['diff', ...args])
}

beforeAll(async () => {
  suite = await createShop('30', 'diff-command', {
    ...slow(40),
    'test/checkout.test.js': "const { total } = require('../src/total')\ntest('adds up', () => total())",
  })
  // The sides in turn, as docs/comparing.md recommends: a machine that becomes busy affects both alike.
  for (let run = 0; run < RUNS; run++)
    for (const [side, ms] of [
      ['before', 40],
      ['after', 400],
    ] as const) {
      suite.write(slow(ms))
      await recordRun(suite, {
        outputDir: side,
        flags: ['--artifacts', 'none'],
        args: ['checkout', '-i'],
      })
    }
})

describe('jest-profiler diff of four runs a side', () => {
  test('finds what became slower, in text, Markdown and JSON alike', async () => {
    const text = await diff('before', 'after')
    expect(text).toMatchObject({ exitCode: 0, stderr: '' })
    expect(text.stdout).toContain(` Comparison  base ${RUNS} runs · head ${RUNS} runs\n`)
    expect(text.stdout).toMatch(
      /^ The command took .* before and .* after .*(?:Most of it|What changed): total src\/total\.js:1:\d+ \+[^;]*\(proven\)/m,
    )
    const markdown = await diff('before', 'after', '--format', 'markdown')
    expect(markdown.stdout).toMatch(/^# Test profile comparison\n/)
    const { stdout } = await diff('before', 'after', '--json')
    const { tables, method, base } = JSON.parse(stdout) as Comparison
    expect(base.runs).toHaveLength(RUNS)
    expect(method.kind).toBe('statistics')
    const slower = Object.values(tables)
      .flat()
      .filter(({ verdict }) => verdict === 'slower')
    expect(slower.length).toBeGreaterThan(0)
    for (const { changeMs } of slower) expect(changeMs).toBeGreaterThan(0)
    const [total] = tables.functions
    expect(total).toMatchObject({ entity: { name: ['total'], file: 'src/total.js' } })
    for (const output of [text.stdout, markdown.stdout]) expect(output).toContain('src/total.js:1:')
    expect((await diff('before', 'after', '--format', 'json')).stdout).toBe(stdout)
  })

  test('shows one table with --by, and writes to the path of -o', async () => {
    const { stdout } = await diff('before', 'after', '--by', 'test', '--top', '1')
    expect(stdout).toMatch(/^ Tests/m)
    expect(stdout).not.toMatch(/^ (Phases|Functions|Packages)/m)
    const args = ['before', 'after', '--by', 'test', '--format', 'markdown']
    expect(await diff(...args, '-o', 'diff.md')).toEqual({
      exitCode: 0,
      signal: null,
      stdout: '',
      stderr: '',
    })
    expect(readFileSync(join(suite.directory, 'diff.md'), 'utf8')).toBe((await diff(...args)).stdout)
  })

  test('with --fail-above fails only on significant growth above the limit', async () => {
    const failed = await diff('before', 'after', '--fail-above', '50 %')
    expect(failed.exitCode).toBe(1)
    expect(failed.stderr).toMatch(/^jest-profiler: \d+ metrics? grew significantly by more than 50 %\.\n$/)
    for (const args of [
      ['before', 'after', '--fail-above', '1000000'],
      ['after', 'before', '--fail-above', '50'],
      ['before', 'before', '--fail-above', '0'],
    ]) {
      const { exitCode, stderr } = await diff(...args)
      expect({ args, exitCode, stderr }).toEqual({
        args,
        exitCode: 0,
        stderr: expect.stringMatching(/^jest-profiler: Nothing grew significantly by more than \d+ %\.\n$/),
      })
    }
  })
})

describe('jest-profiler diff of one run a side', () => {
  test('shows sampling errors, claims nothing, and says that the limit was not checked', async () => {
    const { exitCode, stdout, stderr } = await diff('before/latest', 'after/latest', '--fail-above', '10')
    expect(exitCode).toBe(0)
    expect(stderr).toBe(
      'jest-profiler: The limit of 10 % was not checked: four runs per side are needed to tell growth from noise.\n',
    )
    expect(stdout).toContain(' Comparison  base 1 run · head 1 run\n')
    expect(stdout).toMatch(
      /^ The command took .*Inconclusive: one run per side cannot separate change from noise/m,
    )
    expect(stdout).toMatch(/ self +unclear +[^\n]*±[^\n]* → [^\n]*± *[^\n]*total +src\/total\.js:1:\d+/)
    expect(stdout).not.toMatch(/p[=<]0\./)
  })
})
