import { expect, test } from '@jest/globals'
import { compareRuns } from '../../src/compare/compare-runs.js'
import { drawnFigures, figure } from '../support/drawn-figures.js'

const TABLES = {
  functions: [figure({ name: ['total'], file: 'src/total.js' }, { self: 100 })],
  packages: [figure({ name: ['lodash'] }, { self: 100 })],
  modules: [
    figure({ file: 'src/total.js' }, { self: 20 }),
    { ...figure({ file: 'src/total.mjs' }, { self: 20 }), isSampled: true },
  ],
  tests: [figure({ name: ['adds up'], file: 'a.test.js' }, { wall: 200, cpu: 100 })],
}
const profiled = drawnFigures({ id: 'profiled', tables: TABLES })
const unprofiled = drawnFigures({
  id: 'unprofiled',
  isProfiled: false,
  tables: { ...TABLES, functions: [], packages: [] },
})

function compared(base: typeof profiled, head: typeof profiled) {
  const { tables, profiled, notes, drift } = compareRuns([base], [head])
  const names = Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      [...new Set(rows.map(({ entity }) => entity.file || entity.name.join(' ')))].toSorted(),
    ]),
  )
  return { ...names, profiled, drift, notes: notes.filter(note => note.includes("engine 'none'")) }
}

test('Runs with and without a profile are compared in what both have', () => {
  for (const sides of [
    [profiled, unprofiled],
    [unprofiled, profiled],
  ] as const) {
    expect(compared(...sides)).toMatchObject({
      functions: [],
      packages: [],
      modules: ['src/total.js'],
      tests: ['a.test.js'],
      profiled: 'some',
      drift: null,
      notes: [expect.stringContaining('functions, packages and ES modules are not compared')],
    })
  }
})

test('Runs without a profile are compared in everything else, ES modules included', () => {
  expect(compared(unprofiled, { ...unprofiled, id: 'other' })).toMatchObject({
    functions: [],
    modules: ['src/total.js', 'src/total.mjs'],
    profiled: 'none',
    notes: [expect.stringContaining('functions and packages are not compared')],
  })
})

test('Runs with a profile are compared in everything, without a note', () => {
  expect(compared(profiled, { ...profiled, id: 'other' })).toMatchObject({
    functions: ['src/total.js'],
    packages: ['lodash'],
    modules: ['src/total.js', 'src/total.mjs'],
    profiled: 'all',
    notes: [],
  })
})
