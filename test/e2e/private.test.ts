// A run contains no environment variables, and no source texts except those that are embedded in the page.

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { ARTIFACT_NAMES } from '../../src/formats/artifact-names.js'
import { filesBelow, recordRun } from './support/shop.js'
import { createSuite } from './support/suite.js'

const SECRETS = ['hunter2-of-a-token', 'hunter2-of-node-options', 'hunter2-of-a-dotenv']
const COMMENT = 'a comment in the middle of a test'

/** The decompressed text of a file, including the data blocks of a page. */
function textOf(path: string): string {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  const blocks = [...text.matchAll(/<script[^>]* id="\w+">([\w+/=]+)</g)].map(([, block = '']) =>
    gunzipSync(Buffer.from(block, 'base64')).toString(),
  )
  return [text, ...blocks].join('\n')
}

test('no file of a run contains environment variables, and only the page contains sources', async () => {
  const suite = await createSuite('30', {
    title: 'private',
    files: {
      '.env': `TOKEN=${SECRETS[2]}`,
      'jest.config.js': 'module.exports = { transform: {} }',
      'burns.test.js': `
const { TOKEN } = process.env
test('burns', () => {
  // ${COMMENT}
  const end = Date.now() + 60 + TOKEN.length
  while (Date.now() < end);
})`,
    },
  })
  const env = { TOKEN: SECRETS[0], NODE_OPTIONS: `--title=${SECRETS[1]}`, GITHUB_TOKEN: SECRETS[0] }
  const flags = ['--artifacts', ARTIFACT_NAMES.join(','), '--per-file', 'all', '--per-test', 'all']
  const directory = await recordRun(suite, { flags, env })
  const texts = new Map(filesBelow(directory).map(path => [relative(directory, path), textOf(path)]))
  expect([...texts.keys()]).toEqual(expect.arrayContaining(['report.html', 'recordings/run.gz']))
  const having = (text: string) => [...texts].flatMap(([name, all]) => (all.includes(text) ? [name] : []))
  expect(SECRETS.flatMap(having)).toEqual([])
  expect(having(COMMENT)).toEqual(['report.html'])
})
