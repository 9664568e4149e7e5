// Tests that burn CPU for known times, each with an afterAll that writes down how long each burn really took.

export const LENGTHS_MS = [1, 5, 20, 60, 200]
/** Burns of each length in one run. */
export const REPETITIONS = 10

// Two files, since Jest does without workers for one.
const FILES = 2

const TEST = `import { burn } from '../../src/burn'
import { since, writeTruth } from '../../src/truth'

const rows: { milliseconds: number; burned: number }[] = []
const lengths = Array.from({ length: ${REPETITIONS / FILES} }, () => ${JSON.stringify(LENGTHS_MS)}).flat()

test.each(lengths)('burns %i ms', milliseconds => {
  const before = process.hrtime.bigint()
  burn(milliseconds)
  rows.push({ milliseconds, burned: since(before) })
})

afterAll(() => writeTruth(rows))
`

export const BURN_FILES = Object.fromEntries(
  Array.from({ length: FILES }, (_, index) => [`test/burns/burn-${index}.test.ts`, TEST]),
)
