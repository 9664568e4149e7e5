// Test files that crash, never end or are interrupted: the report has what was recorded before, and names what is missing.

import { describe, expect, test } from '@jest/globals'
import { CELLS, configs, outline, runAs } from './support/set-ups.js'
import { createSuite } from './support/suite.js'

// Never ends in the time of the test, and starts when the other file is recorded.
const ENDLESS = `
  const { readdirSync, writeSync } = require('fs')
  const isRecorded = () => readdirSync('.jest-profiler', { recursive: true }).some(name => name.endsWith('.recording.gz'))
  while (!isRecorded()) await new Promise(resolve => setTimeout(resolve, 20))
  writeSync(2, 'here it hangs\\n')
  for (const end = Date.now() + 60_000; Date.now() < end; );`
const HEAP = `const kept = []; for (;;) kept.push(new Array(1e5).fill({}))`
// Windows has neither process groups nor SIGINT for another process.
const posixTest = process.platform === 'win32' ? test.skip : test

function fault(body: string): string {
  return `test('ends well', () => {})\ntest('does it', async () => { ${body} })`
}

const FILES = {
  'aborts.test.js': fault('process.abort()'),
  'exits.test.js': fault('process.exit(3)'),
  'fills-the-heap.test.js': fault(HEAP),
  'never-ends.test.js': fault(ENDLESS),
  'fails.test.js': "test('fails', () => { throw new Error('on purpose') })",
  'fine.test.js': "test('is fine', () => {})",
  ...configs(),
}

describe.each(CELLS)(
  'test files that are cut off, under Jest $jestMajor with $setUp',
  ({ jestMajor, setUp }) => {
    const suiteOf = (title: string) => createSuite(jestMajor, { title: `cut-off-${title}`, files: FILES })
    // Titles must not contain words of a test file's name, because Jest matches patterns with whole paths.
    const title = (mode: string) => `${setUp}-${mode}`.replaceAll(/[^\w]+/g, '-')

    test.each([
      {
        fault: 'a test that calls process.exit in a thread',
        args: ['exits', 'fine', '-w', '2', '--workerThreads'],
        nodeArgs: [],
        files: ['exits.test.js failed: passed, unfinished', 'fine.test.js passed: passed'],
        missing: [
          'exits.test.js: the process exited before the file had finished in each of 4 attempts; the last one is shown',
        ],
      },
      {
        fault: 'a worker that runs out of memory',
        args: ['fills', 'fine', '-w', '2'],
        nodeArgs: ['--max-old-space-size=120'],
        files: ['fills-the-heap.test.js failed: ', 'fine.test.js passed: passed'],
        missing: [
          // Jest 29 may not know why the worker died: Jest ends it with SIGTERM, and V8 with SIGABRT.
          expect.stringMatching(
            /^fills-the-heap\.test\.js: the worker died in test “does it”: .*(ran out of memory and crashed|SIGTERM|SIGABRT)/,
          ),
        ],
      },
      {
        fault: 'a worker that aborts',
        args: ['aborts', 'fine', '-w', '2'],
        nodeArgs: [],
        files: ['aborts.test.js failed: ', 'fine.test.js passed: passed'],
        missing: [expect.stringMatching(/^aborts\.test\.js: the worker died in test “does it”: .*SIGABRT/)],
      },
    ])('$fault affects only its own file', async ({ args, nodeArgs, files, missing }) => {
      const suite = await suiteOf(title('dies'))
      const finished = await runAs(setUp, suite, args, { nodeArgs })
      expect(finished).toMatchObject({ exitCode: 1 })
      expect(outline(finished.report())).toEqual({ files, missing })
    })

    posixTest.each([
      { mode: 'in a worker', args: ['-w', '2'], says: true },
      { mode: 'in band', args: ['-i'], says: false },
    ])(
      'Ctrl-C during a test $mode that never ends keeps the finished files',
      async ({ mode, args, says }) => {
        const suite = await suiteOf(title(`hangs-${mode}`))
        const { signal, stderr } = await runAs(setUp, suite, ['fine', 'never', ...args], {
          interruptOn: /here it hangs/,
        })
        expect(signal).toBe('SIGINT')
        expect(stderr.includes('jest-profiler: interrupted after 1 of 2 test files. To see them: ')).toBe(
          says,
        )
        const shown = await suite.command(['show', '--json'])
        expect(outline(JSON.parse(shown.stdout))).toEqual({
          files: ['fine.test.js passed: passed'],
          missing: [
            says
              ? expect.stringMatching(/^: the run was interrupted by SIGINT after \d/)
              : ': the run was interrupted, or is still running',
            expect.stringMatching(/^never-ends\.test\.js: interrupted( after .*)? in test “does it”/),
          ],
        })
      },
    )
  },
)
