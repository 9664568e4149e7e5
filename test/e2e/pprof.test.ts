// Go's pprof shows the description of the profile, labels, source lines and filters.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { toPprof } from '../../src/formats/profiles/pprof.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { goPprof } from './support/go-pprof.js'
import { findReader } from './support/readers.js'

const MS = 1000
const SOURCE = [
  'export function total(prices) {',
  '  let sum = 0',
  '  for (const price of prices)',
  '    sum += price',
]

const CART = resolvedFromText(
  `
  0         100000    200000    300000  400000
  checkout  checkout  checkout  idle    checkout
            total     total             readSync[node:fs]
  `,
  {
    header: { wallMicros: 500 * MS, testPath: '/project/test/cart.test.js' },
    tests: [
      span({ index: 0, name: ['cart', 'adds up'], start: 100 * MS, end: 300 * MS }),
      span({ index: 1, name: ['cart', 'waits\nfor "404", (a|b)'], start: 300 * MS, end: 500 * MS }),
    ],
    // Node 2 is `total`, called by `checkout`.
    ticks: { node: [2, 2], line: [3, 4], count: [1, 1] },
  },
)

const pprof = await findReader('go tool pprof', goPprof)

const describeWithReader = pprof === undefined ? describe.skip : describe

describeWithReader('go tool pprof', () => {
  let project = ''

  beforeAll(() => {
    project = temporaryFolder()
    mkdirSync(join(project, 'src/deep'), { recursive: true })
    writeFileSync(join(project, 'src/total.js'), SOURCE.join('\n'))
    writeProfile('profile.pb.gz', CART)
  })

  afterAll(() => pprof?.remove())

  function writeProfile(name: string, recording: ResolvedRecording): void {
    const builder = new ProfileBuilder()
    foldRecording(builder, recording)
    writeFileSync(join(project, name), toPprof(builder.build(), reportOf([recording])))
  }

  /** The output of pprof with blanks collapsed; pprof must not complain about the profile. */
  function read(args: readonly string[], { name = 'profile.pb.gz', directory = project } = {}): string {
    const output = pprof?.run(directory, [...args, join(project, name)])
    expect(output?.stderr).toBe('')
    return (output?.stdout ?? '').replace(/ +/g, ' ').replace(/^ | $/gm, '')
  }

  /** The rows of a table below its heads. */
  const rows = (...given: Parameters<typeof read>) =>
    read(...given)
      .split('flat flat% sum% cum cum%\n')[1]
      ?.trimEnd()
      .split('\n')

  test('-top shows the CPU time and the description of the run', () => {
    const text = read(['-top'])
    expect(text).toContain('jest-profiler run 2026-01-31T09-30-00-000Z-1a2b, Jest 30.5.2, Node v22.0.0\n')
    expect(text).toContain('Type: cpu\n')
    expect(text).toContain('Duration: 1s, Total samples = 300ms (30.00%)\n')
    expect(rows(['-top'])).toEqual([
      '200ms 66.67% 66.67% 200ms 66.67% total',
      '100ms 33.33% 100% 300ms 100% checkout',
    ])
  })

  test('-sample_index shows waiting, blocked time, and samples', () => {
    expect(rows(['-top', '-sample_index=wait'])).toEqual(['100ms 100% 100% 100ms 100% (idle)'])
    expect(rows(['-top', '-sample_index=blocked'])).toEqual([
      '100ms 100% 100% 100ms 100% (blocked)',
      '0 0% 100% 100ms 100% checkout',
      '0 0% 100% 100ms 100% readSync',
    ])
    expect(rows(['-top', '-sample_index=samples'])).toContain('2 40.00% 40.00% 2 40.00% total')
  })

  test('-tags shows sums by label', () => {
    const text = read(['-tags'])
    expect(text).toContain('file: Total 300.0ms\n300.0ms ( 100%): test/cart.test.js\n')
    expect(text).toContain('phase: Total 300.0ms\n200.0ms (66.67%): tests\n100.0ms (33.33%): other\n')
    expect(text).toContain('test: Total 200.0ms\n200.0ms ( 100%): cart › adds up\n')
    expect(text).toContain('worker: Total 300.0ms\n300.0ms ( 100%): 1\n')
  })

  test.each([
    ['in the project', '.', []],
    ['in a folder of it', 'src/deep', []],
    ['elsewhere, with -source_path', '..', ['-source_path']],
  ])('-list finds source files %s', (_where, folder, options) => {
    const args = ['-list', '^total$', ...options.flatMap(option => [option, project])]
    expect(read(args, { directory: join(project, folder) })).toBe(
      [
        'Total: 300ms',
        'ROUTINE ======================== total in src/total.js',
        '200ms 200ms (flat, cum) 66.67% of Total',
        '. . 1:export function total(prices) {',
        '. . 2: let sum = 0',
        '100ms 100ms 3: for (const price of prices)',
        '100ms 100ms 4: sum += price',
        '',
      ].join('\n'),
    )
  })

  test.each([
    ['test=adds up', ['200ms 66.67% 66.67% 200ms 66.67% total', '0 0% 66.67% 200ms 66.67% checkout']],
    ['phase=other', ['100ms 33.33% 33.33% 100ms 33.33% checkout']],
    // pprof would read a plain number as a range of numbers.
    ['worker=^1$', ['200ms 66.67% 66.67% 200ms 66.67% total', '100ms 33.33% 100% 300ms 100% checkout']],
  ])('-tagfocus %s shows only samples with that label', (filter, expected) => {
    expect(rows(['-top', '-tagfocus', filter])).toEqual(expected)
  })

  test('-tagroot shows tests as the outermost frames', () => {
    expect(rows(['-top', '-cum', '-tagroot=test', '-tagfocus=test=adds'])).toEqual([
      '0 0% 0% 200ms 66.67% cart › adds up',
      '0 0% 0% 200ms 66.67% checkout',
      '200ms 66.67% 66.67% 200ms 66.67% total',
    ])
    expect(read(['-traces', '-tagroot=file,test'])).toContain(
      '100ms total\ncheckout\ncart › adds up\ntest/cart.test.js\n',
    )
  })

  test('-diff_base with the same profile shows no difference', () => {
    const text = read(['-top', '-diff_base', join(project, 'profile.pb.gz')])
    expect(text).toContain('Showing nodes accounting for 0, 0% of 300ms total\n')
    expect(rows(['-top', '-diff_base', join(project, 'profile.pb.gz')])).toEqual([''])
  })
})
