import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BENCHES } from '../../bench/benches.mjs'
import { benchmarksPage } from '../../bench/support/benchmarks-page.mjs'
import { ROOT } from '../e2e/support/cache.js'

const benches = {
  cost: { usage: '[<folder>]', summary: 'what profiling costs' },
  merge: { usage: '', summary: 'what merging takes' },
}

function result(title: string, wall: string, given: { part?: string; date?: string } = {}) {
  const { date = '2026-01-01', ...part } = given
  const machine = `Processor, 2 cores, Node 24.0.0, ${date}, load 0.1`
  return { ...part, title, machine, notes: ['once'], columns: ['', 'wall, s'], rows: [['command', wall]] }
}

const written = (page: string, name: string, ...results: ReturnType<typeof result>[]) =>
  benchmarksPage(page, benches, { name, command: `npm run bench -- ${name}`, results })

describe('the page of benchmarks', () => {
  test('says of each bench that nobody has run that it was not measured', () => {
    const page = benchmarksPage('', benches)
    expect(page.match(/^## .*|_Not measured.*/gm)).toEqual([
      '## cost',
      '_Not measured yet on this version._',
      '## merge',
      '_Not measured yet on this version._',
    ])
    expect(page).not.toContain('Latest measurement')
  })

  test('has the table of a bench with its notes, its machine and its command', () => {
    const page = written('', 'merge', result('merge: 10 recordings', '1.5'))
    expect(page.slice(page.indexOf('## merge'))).toBe(`## merge

What merging takes.

\`npm run bench -- merge\`

<!-- results: merge -->

### Merge: 10 recordings

Measured on Processor, 2 cores, Node 24.0.0, 2026-01-01, load 0.1.

- once

|         | wall, s |
| :------ | ------: |
| command |     1.5 |

Command: \`npm run bench -- merge\`

<!-- end of results -->
`)
  })

  test('keeps what other benches wrote, and replaces what the same bench wrote before', () => {
    const first = written(written('', 'merge', result('merge', '1.5')), 'cost', result('cost', '20.0'))
    const second = written(first, 'merge', result('merge', '2.5'))
    expect(second).toContain('20.0')
    expect(second).toContain('2.5')
    expect(second).not.toContain('1.5')
  })

  test('keeps the results of one bench apart by the suites that it measured', () => {
    const one = written('', 'cost', result('cost: one', '1.5', { part: 'one' }))
    const both = written(one, 'cost', result('cost: two', '2.5', { part: 'two' }))
    const again = written(both, 'cost', result('cost: one', '3.5', { part: 'one' }))
    expect(again.match(/\d\.5 \|/g)).toEqual(['3.5 |', '2.5 |'])
  })

  test('names the latest machine and date at its head', () => {
    const later = written('', 'merge', result('merge', '1.5', { date: '2026-03-01' }))
    const page = written(later, 'cost', result('cost', '2.5', { date: '2026-02-01' }))
    expect(page.slice(0, page.indexOf('## cost'))).toContain(
      'Latest measurement: Processor, 2 cores, Node 24.0.0, 2026-03-01',
    )
  })

  test('is the same when nothing new is written', () => {
    const page = written('', 'cost', result('cost: one', '1.5', { part: 'one' }))
    expect(benchmarksPage(page, benches)).toBe(page)
  })
})

test('docs/benchmarks.md is what the benches wrote, and nothing else', () => {
  const path = join(ROOT, 'docs/benchmarks.md')
  if (process.env.UPDATE_GOLDEN === '1')
    writeFileSync(path, benchmarksPage(readFileSync(path, 'utf8'), BENCHES))
  const page = readFileSync(path, 'utf8')
  expect(benchmarksPage(page, BENCHES)).toBe(page)
})
