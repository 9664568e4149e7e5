// report.html of a real run, which is recorded once for several test files.

import { createHash } from 'node:crypto'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached, FIXTURES } from '../support/cache.js'
import { filesBelow } from '../support/shop.js'
import { createSuite } from '../support/suite.js'
import { packedTarball } from '../support/tarball.js'

const SUITE = 'accounts'

/** Returns the path of the page. */
export async function recordedPage(): Promise<string> {
  const key = createHash('sha256').update(packedTarball().hash)
  for (const path of filesBelow(join(FIXTURES, 'suites', SUITE))) key.update(path).update(readFileSync(path))
  const directory = await cached('page', key.digest('hex'), async folder => {
    const suite = await createSuite('30', { name: SUITE, title: 'page' })
    const finished = await suite.jest(['-w', '2', 'hooks', 'lazy', 'concurrent', 'waits'])
    if (finished.exitCode !== 0) throw new Error(`the suite failed:\n${finished.stdout}${finished.stderr}`)
    cpSync(join(finished.runDirectory, 'report.html'), join(folder, 'report.html'))
  })
  return join(directory, 'report.html')
}
