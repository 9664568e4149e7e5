// Tests among hooks of every kind, some of which burn, sleep, or fail.

const FILES = 2

const TEST = `import { burn } from '../../src/burn'
import { writeTruth } from '../../src/truth'

const sleep = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

beforeAll(() => {
  burn(10)
})
afterAll(() => writeTruth([]))

describe('an outer block', () => {
  beforeAll(() => sleep(10))
  beforeEach(() => {
    burn(2)
  })
  afterEach(() => sleep(2))
  afterAll(() => {
    burn(5)
  })

  describe('an inner block', () => {
    beforeEach(() => sleep(1))
    test.each([1, 2, 3, 4, 5])('burns and sleeps, time %i', async time => {
      burn(time)
      await sleep(time)
    })
    test.skip('is skipped', () => {})
    test.todo('is to be written')
  })

  test('does nothing', () => {})
})
`

export const HOOK_FILES = Object.fromEntries(
  Array.from({ length: FILES }, (_, index) => [`test/hooks/hook-${index}.test.ts`, TEST]),
)
