// What modules cost: their own code, their total and what would be saved without them, against burns that they measured
// themselves.

import { progress } from '../support/print.mjs'
import { errorCells } from './error-cells.mjs'
import { FILES, MODULES } from './module-files.mjs'
import { BASE_NOTE } from './suite.mjs'

const VARIATIONS = {
  CommonJS: {},
  'CommonJS, 10 ms': { intervalMicros: 10_000 },
  'native ES modules': { modules: 'native' },
  'native ES modules, 10 ms': { modules: 'native', intervalMicros: 10_000 },
}

export function modules(suite, { runs }) {
  const rows = Object.entries(VARIATIONS).flatMap(([name, variation]) => {
    const measured = []
    for (let index = 0; index < runs; index++) {
      progress(`modules, ${name}, run ${index + 1} of ${runs}`)
      measured.push(...modulesOf(suite.measure('modules', variation)))
    }
    return Object.keys(MODULES).map(module => [
      name,
      module,
      ...cells(measured.filter(row => row.module === module)),
    ])
  })
  return [
    {
      title: 'modules: own code, total and saving against burns at import',
      notes: [
        `${runs} runs of ${FILES} test files that load all five; figures are sums over the files; ${BASE_NOTE}`,
        ...Object.entries(MODULES).map(([name, { burns, loads }]) =>
          [`${name} burns ${burns} to ${burns + 10} ms`, ...loads.map(loaded => `loads ${loaded}`)].join(
            ' and ',
          ),
        ),
        'errors in ms of these sums: median (quartiles), the farthest from zero, and all runs together',
        'total and saving: less what resolving, transforming and compiling took, which no burn has',
      ],
      columns: [
        '',
        'module',
        ...['own code', 'total', 'saving'].flatMap(name => [name, 'farthest', 'together']),
      ],
      rows,
    },
  ]
}

function cells(rows) {
  return ['own', 'total', 'saved'].flatMap(key => {
    const pairs = rows.map(row => [row[key].reported, row[key].burned])
    return errorCells(pairs, 1)
  })
}

/** A row for each module: sums over the test files. */
function modulesOf({ report, truth }) {
  const burned = name => [...truth.values()].reduce((sum, noted) => sum + noted[name], 0)
  const rowOf = name => report.imports.find(({ module }) => module === `src/modules/${name}.ts`)
  const loading = name => rowOf(name).selfMs - rowOf(name).evaluateMs
  const compared = (reported, names) => ({
    reported: reported - names.reduce((sum, name) => sum + loading(name), 0),
    burned: names.reduce((sum, name) => sum + burned(name), 0),
  })
  return Object.entries(MODULES).map(([module, { total, saved }]) => {
    const { selfMs, totalMs, savedMs } = rowOf(module)
    return {
      module,
      own: compared(selfMs, [module]),
      total: compared(totalMs, total),
      saved: compared(savedMs, saved),
    }
  })
}
