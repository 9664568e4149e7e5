// Modules that fail to load each time they are required.

import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { JEST_MAJORS } from './support/suite.js'
import { BURN, suiteWithTransformer } from './support/transformer-suite.js'

const idsOf = ({ findings }: Report) => findings.map(({ id }) => id)

describe.each(JEST_MAJORS)('a module that fails to load, under Jest %s', jestMajor => {
  const BROKEN = `${BURN}burn(20)
throw new Error('no native build was found\\nat all')`

  test('is a finding with its attempts, its importers and its error', async () => {
    const suite = await suiteWithTransformer(jestMajor, 'failing', {
      settings: 'transform: {}',
      tests: 2,
      test: "const load = require('./src/chart'); for (let i = 0; i < 10; i++) expect(load()).toBe(false)",
      files: {
        'src/canvas.js': BROKEN,
        'src/chart.js':
          "module.exports = () => { try { return require('./canvas') } catch { return false } }",
      },
    })
    const finished = await suite.profile(['-i'])
    expect(finished).toMatchObject({ exitCode: 0 })
    const finding = finished.report().findings.find(({ id }) => id === 'failing-module:src/canvas.js')
    expect(finding).toMatchObject({ title: '`src/canvas.js` fails to load 20 times' })
    expect(finding?.evidence).toMatch(
      /in 2 test files, imported by `src\/chart\.js`: no native build was found$/,
    )
    expect(finding?.costMs).toBeGreaterThan(390)
  })

  test('is a finding even if all tests fail because of it, and the modules that require it are not', async () => {
    const suite = await suiteWithTransformer(jestMajor, 'failing-tests', {
      settings: 'transform: {}',
      tests: 6,
      test: "require('./src/chart')",
      files: { 'src/canvas.js': BROKEN, 'src/chart.js': "require('./canvas')" },
    })
    const finished = await suite.profile(['-i'])
    expect(finished).toMatchObject({ exitCode: 1 })
    const failing = idsOf(finished.report()).filter(id => id.startsWith('failing-module'))
    expect(failing).toEqual(['failing-module:src/canvas.js'])
  })
})
