// A generated suite of 120 files and 1,300 tests: 40 modules of four functions each, which sort, parse, build and search
// texts, and one function, `checksum`, that every module calls and that takes about a fifth of the CPU time.

const FILES = 120
const TESTS = 1300
const MODULES = 40
/** Rounds of `checksum` in each call: about half a millisecond. */
const ROUNDS = 700

/** `work`: how much of its usual work `checksum` does. */
export function checksumSource(work) {
  return `exports.checksum = function checksum(text) {
  let sum = 7
  for (let round = 0; round < ${Math.round(ROUNDS * work)}; round++) {
    for (let index = 0; index < text.length; index++) sum = (sum * 31 + text.charCodeAt(index) + round) % 1000003
  }
  return sum
}
`
}

export const CHECKSUM_PATH = 'src/checksum.js'

/** Contents by path. */
export function largeSuite() {
  const modules = Array.from({ length: MODULES }, (_, index) => [`src/part-${index}.js`, moduleSource(index)])
  const tests = Array.from({ length: FILES }, (_, index) => [`test/part-${index}.test.js`, testSource(index)])
  return {
    'plain.config.cjs': 'module.exports = {}\n',
    'profiled.config.cjs': `const { withProfiler } = require('jest-profiler')
module.exports = withProfiler({}, { keepRuns: 1000, artifacts: ['json'] })
`,
    [CHECKSUM_PATH]: checksumSource(1),
    ...Object.fromEntries([...modules, ...tests]),
  }
}

/** Each is built on the one before, five deep. */
function moduleSource(index) {
  const below = index % 5 === 0 ? '' : `const below = require('./part-${index - 1}')\n`
  const last = index % 5 === 0 ? 'rows' : `below.rowsOf${index - 1}(2).concat(rows)`
  return `const { checksum } = require('./checksum')
${below}
exports.rowsOf${index} = function rowsOf${index}(amount) {
  const rows = Array.from({ length: amount }, (_, row) => ({ id: (row * ${index + 7}) % 101, name: 'row ' + row }))
  return ${last}
}

exports.sorted${index} = function sorted${index}(rows) {
  return rows.toSorted((a, b) => a.id - b.id || a.name.localeCompare(b.name))
}

exports.copied${index} = function copied${index}(rows) {
  return JSON.parse(JSON.stringify(rows))
}

exports.signed${index} = function signed${index}(rows) {
  return checksum(rows.map(({ name }) => name).join('|').slice(0, 300))
}
`
}

function testSource(index) {
  const tests = Math.ceil((TESTS - index) / FILES)
  const part = index % MODULES
  return `const { rowsOf${part}, sorted${part}, copied${part}, signed${part} } = require('../src/part-${part}')

describe('part ${part} in file ${index}', () => {
  let rows
  beforeEach(() => {
    rows = rowsOf${part}(40)
  })
  for (let turn = 0; turn < ${tests}; turn++) {
    test('sorts, copies and signs rows, turn ' + turn, () => {
      const sorted = sorted${part}(rows)
      expect(copied${part}(sorted)).toEqual(sorted)
      expect(signed${part}(sorted)).toBe(signed${part}(sorted))
    })
  }
})
`
}
