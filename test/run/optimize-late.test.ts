import { setFlagsFromString } from 'node:v8'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { optimizeLate } from '../../src/run/optimize-late.js'

const ONCE = { watch: false, watchAll: false }
const isNode20 = process.versions.v8.startsWith('11.')

let sources = 0

/** How often a function runs until V8 has optimized it. Each time it is another function: V8 knows sources that it has compiled. */
function runsUntilOptimized(): number {
  const count = new Function(`
    // ${sources++}
    const run = value => (value * 31 + 7) % 1009
    const isOptimized = () => (%GetOptimizationStatus(run) & 16) !== 0
    const count = () => { let runs = 0; while (!isOptimized() && runs < 1e6) run(runs++); return runs }
    %NeverOptimizeFunction(count)
    return count()
  `) as () => number
  return count()
}

const ofNode20 = isNode20 ? describe : describe.skip

// What it sets holds for the process, in which other test files follow.
ofNode20('optimizeLate', () => {
  const reset = () => setFlagsFromString('--interrupt-budget=67584')

  beforeAll(() => {
    setFlagsFromString('--allow-natives-syntax')
    // Else the count depends on when another thread has compiled the function.
    setFlagsFromString('--no-concurrent-recompilation')
  })
  beforeEach(reset)
  afterAll(() => {
    reset()
    setFlagsFromString('--concurrent-recompilation')
    setFlagsFromString('--no-allow-natives-syntax')
  })

  test('makes V8 optimize functions much later', () => {
    const before = runsUntilOptimized()
    optimizeLate(ONCE)
    expect(runsUntilOptimized()).toBeGreaterThan(4 * before)
  })

  test.each([
    { ...ONCE, watch: true },
    { ...ONCE, watchAll: true },
  ])('changes nothing where Jest watches: %j', config => {
    const before = runsUntilOptimized()
    optimizeLate(config)
    expect(runsUntilOptimized()).toBeLessThan(2 * before)
  })
})
