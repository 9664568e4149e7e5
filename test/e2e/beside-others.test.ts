// With another profiler or coverage in the same run, both results are complete.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BURN } from './support/burn.js'
import { CELLS, configs, runAs } from './support/set-ups.js'
import { createSuite } from './support/suite.js'

const FILES = {
  'burn.js': `${BURN}exports.burn = burn`,
  'a.test.js': "const { burn } = require('./burn')\ntest('burns', () => burn(150))",
  'b.test.js': "const { burn } = require('./burn')\ntest('burns', () => burn(150))",
  ...configs(),
}

describe.each(CELLS)(
  'another profiler or coverage under Jest $jestMajor with $setUp',
  ({ jestMajor, setUp }) => {
    const cases = [
      // Node's own profiler and coverage use different parts of V8, so one run has both.
      {
        name: '--cpu-prof and NODE_V8_COVERAGE',
        nodeArgs: ['--cpu-prof', '--cpu-prof-dir=prof'],
        env: { NODE_V8_COVERAGE: 'cov' },
        args: [],
        leaves: ['prof', 'cov'],
      },
      {
        name: '--coverage with V8',
        nodeArgs: [],
        env: {},
        args: ['--coverage', '--coverageProvider=v8'],
        leaves: ['coverage'],
      },
      { name: '--coverage with babel', nodeArgs: [], env: {}, args: ['--coverage'], leaves: ['coverage'] },
    ]
    test.each(cases)(
      'every file is recorded with $name, and stderr stays short',
      async ({ name, nodeArgs, env, args, leaves }) => {
        const title = `beside-${name}-${setUp}`.replaceAll(/[^\w]+/g, '-')
        const suite = await createSuite(jestMajor, { title, files: FILES })
        const finished = await runAs(setUp, suite, ['-w', '2', ...args], { nodeArgs, env })
        expect(finished).toMatchObject({ exitCode: 0 })
        expect(finished.stderr.length).toBeLessThan(10_000)
        expect(finished.stderr).not.toContain('consoleProfile')
        const { files, missing, hotspots } = finished.report()
        expect(missing).toEqual([])
        const burned = files.flatMap(({ tests }) => tests.map(row => row.hotspots[0]?.function))
        expect(burned).toEqual(['burn', 'burn'])
        const hottest = hotspots.find(row => row.function === 'burn')
        expect(hottest?.file).toBe('burn.js')
        // Instrumented code has no source map, so positions may be marked as generated.
        expect(hottest?.line === 1 || hottest?.generated).toBe(true)
        for (const folder of leaves)
          expect(readdirSync(join(suite.directory, folder)).length).toBeGreaterThan(0)
      },
    )
  },
)
