// The same busy functions under every supported transformer, module system, Node and Jest: each test has its own time, and each
// function its position in the source.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { FunctionReport } from '../../src/report/code-reports.js'
import type { FileReport } from '../../src/report/file-report.js'
import type { Report } from '../../src/report/report.js'
import { FIXTURES } from './support/cache.js'
import { NEWEST_NODE, NODE_MAJORS, OLDEST_NODE } from './support/node-versions.js'
import { createSuite, NEWEST_JEST } from './support/suite.js'

const SUITE = join(FIXTURES, 'suites/positions')
const BURN_MS = 60

// V8 reports where a function's parameters begin; swc maps that position to the function's name.
const EXPECTED = [
  { test: 0, name: 'burnNamed', file: 'src/burn.ts', at: 'burnNamed({' },
  { test: 1, name: 'burnArrow', file: 'src/burn.ts', at: 'burnArrow = ({' },
  { test: 2, name: 'burnMethod', file: 'src/burn.ts', at: 'burnMethod({' },
  { test: 3, name: 'burnPlain', file: 'src/plain.cjs', at: 'function burnPlain(' },
  { test: 4, name: 'burnShipped', file: 'packages/shipped-map/src/index.ts', at: 'burnShipped(' },
  {
    test: 5,
    name: 'burnLeaf',
    file: 'packages/.pnpm/leaf@1.0.0/node_modules/leaf/index.js',
    at: 'function burnLeaf(',
  },
]

const MODES = {
  'CommonJS in workers': { args: ['-w', '2'], env: {} },
  'ES modules in workers': { args: ['-w', '2'], env: { NATIVE_MODULES: '1' } },
  'CommonJS in worker threads': { args: ['-w', '2', '--workerThreads'], env: {} },
  'CommonJS in band': { args: ['-i'], env: {} },
} as const

/**
 * Positions come from V8, so every Node is tested, and are shifted by Jest's module wrapper, which does not depend on Node: the oldest
 * Jest runs on the oldest Node. ES modules depend on both, so the oldest and newest versions are combined.
 */
const CELLS = [
  ...NODE_MAJORS.map(node => ({ jestMajor: NEWEST_JEST, node, mode: 'CommonJS in workers' as const })),
  { jestMajor: '29', node: OLDEST_NODE, mode: 'CommonJS in workers' },
  { jestMajor: '29', node: OLDEST_NODE, mode: 'ES modules in workers' },
  { jestMajor: '30', node: NEWEST_NODE, mode: 'ES modules in workers' },
  { jestMajor: '29', node: NEWEST_NODE, mode: 'CommonJS in worker threads' },
  { jestMajor: '30', node: OLDEST_NODE, mode: 'CommonJS in band' },
] as const

test.each(CELLS)(
  'every busy function has its time and its position: $mode, Jest $jestMajor, Node $node',
  async ({ jestMajor, node, mode }) => {
    const title = `positions-${mode}-${node}`.replaceAll(' ', '-')
    const suite = await createSuite(jestMajor, { name: 'positions', title })
    const nodeArgs = ['--experimental-vm-modules', '--no-warnings']
    const { args, env } = MODES[mode]
    const finished = await suite.jest(args, { node, nodeArgs, env })
    expect(finished).toMatchObject({ exitCode: 0 })
    const { files, missing, hotspots } = finished.report()
    expect(missing).toEqual([])
    expect(files.map(({ project }) => project).toSorted()).toEqual(['babel', 'swc', 'ts-jest'])
    for (const file of files) expectBurns(file)
    expectTimes(files)
    expectPackages(hotspots)
  },
)

function expectBurns({ project, tests }: FileReport): void {
  for (const { test: index, name, file, at } of EXPECTED) {
    const burned = tests.find(row => row.index === index)
    const [hottest] = burned?.hotspots ?? []
    const positions = positionsOf(file, name, at).join('|')
    expect({ project, ...hottest }).toMatchObject({
      project,
      function: name,
      file: file.replace(/^packages/, 'node_modules'),
    })
    expect(`${project} ${name} ${hottest?.line}:${hottest?.column}`).toMatch(
      new RegExp(`^\\S+ \\S+ (${positions})$`),
    )
    // Busy waiting takes at least the given time, but may take longer on a shared machine.
    expect(burned?.wallMs).toBeGreaterThanOrEqual(BURN_MS - 1)
    expect(hottest?.totalMs).toBeLessThan(1.1 * (burned?.wallMs ?? 0) + 2)
  }
}

/**
 * On a busy machine, a test has no core for some of its time, and V8's sampler may pause for as long as a test, but not in
 * the same test of most projects.
 */
function expectTimes(files: readonly FileReport[]): void {
  for (const { test: index, name } of EXPECTED) {
    const times = files.map(({ tests }) => {
      const burned = tests.find(row => row.index === index)
      return (burned?.hotspots[0]?.totalMs ?? 0) + (burned?.readyMs ?? 0)
    })
    const [, median] = times.toSorted((a, b) => a - b)
    expect(`${name} ${(median ?? 0) > 0.7 * BURN_MS ? 'in time' : times}`).toBe(`${name} in time`)
  }
}

/** `line:column` of the function's parameters and of its name. */
function positionsOf(file: string, name: string, at: string): string[] {
  const lines = readFileSync(join(SUITE, file), 'utf8').split('\n')
  const line = lines.findIndex(text => text.includes(at))
  const start = lines[line]?.indexOf(at) ?? -1
  const parameters = start + at.lastIndexOf('(')
  return [parameters, start + at.indexOf(name), start].map(column => `${line + 1}:${column + 1}`)
}

function expectPackages(hotspots: Report['hotspots']): void {
  const packageOf = (name: string) => hotspots.filter(row => row.function === name).map(categoryAndPackage)
  expect(new Set(packageOf('burnShipped'))).toEqual(new Set(['dependency shipped-map']))
  expect(new Set(packageOf('burnLeaf'))).toEqual(new Set(['dependency leaf']))
  expect(new Set(packageOf('burnNamed'))).toEqual(new Set(['source null']))
}

function categoryAndPackage({ category, package: name }: FunctionReport): string {
  return `${category} ${name}`
}
