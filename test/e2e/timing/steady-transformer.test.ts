// A transformer whose calls all take the same time. The extra time of the first call is found by comparing calls, none of which
// may be delayed.

import { expect, test } from '@jest/globals'
import { NEWEST_JEST } from '../support/suite.js'
import { suiteWithTransformer } from '../support/transformer-suite.js'

test('a transformer’s cost per call belongs to the files that it transforms', async () => {
  const suite = await suiteWithTransformer(NEWEST_JEST, 'steady', { process: 'burn(50)' })
  const report = (await suite.profile(['-i'])).report()
  const setUp = report.imports.find(({ module }) => module === 'setup.js')
  expect(setUp?.transformMs).toBeGreaterThan(40)
  const loading = report.imports.find(({ transformer }) => transformer !== null)
  expect(loading?.selfMs ?? 0).toBeLessThan(setUp?.transformMs ?? 0)
})
