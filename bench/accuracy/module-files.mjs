// Modules whose own code burns known times, nested and shared, loaded by three test files. Each notes what its burn really
// took, and each test file writes that down.

/** By module: what it burns at least, what it loads, and whose burns are in its total and in its saving. */
export const MODULES = {
  outer: { burns: 20, loads: ['inner'], total: ['outer', 'inner'], saved: ['outer', 'inner'] },
  inner: { burns: 60, loads: [], total: ['inner'], saved: ['inner'] },
  // Left comes first, and so has the shared one in its total; without it, right would load that.
  left: { burns: 20, loads: ['shared'], total: ['left', 'shared'], saved: ['left'] },
  right: { burns: 20, loads: ['shared'], total: ['right'], saved: ['right'] },
  shared: { burns: 60, loads: [], total: ['shared'], saved: ['shared'] },
}

export const FILES = 3

const moduleSource = (name, { burns, loads }) => `import { burn } from '../burn'
import { note } from './noted'
import { since } from '../truth'
${loads.map(loaded => `import { ${loaded} } from './${loaded}'\n`).join('')}
const before = process.hrtime.bigint()
// Not in step with any sampler.
burn(${burns} + 10 * Math.random())
note('${name}', since(before))

export const ${name} = '${[name, ...loads].join(' and ')}'${loads.map(loaded => ` + ${loaded}`).join('')}
`

// What all of them load comes first, so that it is in no other module's total.
const TEST = `import { noted } from '../../src/modules/noted'
import '../../src/burn'
import { writeTruth } from '../../src/truth'
import { outer } from '../../src/modules/outer'
import { left } from '../../src/modules/left'
import { right } from '../../src/modules/right'

test('has loaded all of them', () => {
  expect([outer, left, right]).toHaveLength(3)
})

afterAll(() => writeTruth(noted))
`

export const MODULE_FILES = {
  'src/modules/noted.ts': `export const noted: Record<string, number> = {}

export function note(name: string, milliseconds: number): void {
  noted[name] = milliseconds
}
`,
  ...Object.fromEntries(
    Object.entries(MODULES).map(([name, module]) => [`src/modules/${name}.ts`, moduleSource(name, module)]),
  ),
  ...Object.fromEntries(
    Array.from({ length: FILES }, (_, index) => [`test/modules/module-${index}.test.ts`, TEST]),
  ),
}
