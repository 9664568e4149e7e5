// Reporters are classes that Node has loaded: here a cache of modules that looks like its own has them.

import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { ReporterListener } from '../../src/run/reporter-times.js'

const cache: Record<string, { exports: unknown }> = {}
jest.unstable_mockModule('node:module', () => ({ createRequire: () => ({ cache }) }))

const { timeReporters } = await import('../../src/run/reporter-times.js')

const JESTS = '/project/node_modules/@jest/reporters/build/index.js'

class Own {
  onRunComplete(): void {}
}

beforeEach(() => {
  for (const path of Object.keys(cache)) delete cache[path]
})

/** What the listener is told, with whether it took about as long as it should. */
function begin(paths: readonly string[], collectCoverage = false) {
  const told: { reporter: string; tookMs: number }[] = []
  const listener: ReporterListener = (reporter, tookMs) => told.push({ reporter, tookMs })
  const reporters = paths.map(path => [path, {}] as [string, Record<string, unknown>])
  const { foundJests, timesCoverage } = timeReporters({ reporters, collectCoverage }, { own: Own, listener })
  return { told, names: () => told.map(({ reporter }) => reporter), foundJests, timesCoverage }
}

function sleeping(milliseconds: number) {
  return class {
    readonly seen: unknown[] = []

    async onRunComplete(...args: unknown[]): Promise<string> {
      await new Promise(resolve => setTimeout(resolve, milliseconds))
      this.seen.push(...args)
      return 'done'
    }
  }
}

describe('a reporter', () => {
  test('is timed until what it returns has settled, and is given and returns what it was', async () => {
    const Slow = sleeping(30)
    cache['/project/slow.js'] = { exports: Slow }
    const { told } = begin(['/project/slow.js'])
    const reporter = new Slow()
    expect(await reporter.onRunComplete('contexts', 'results')).toBe('done')
    expect(reporter.seen).toEqual(['contexts', 'results'])
    expect(told).toEqual([{ reporter: 'slow.js', tookMs: expect.any(Number) }])
    expect(told[0]?.tookMs).toBeGreaterThan(25)
  })

  test('that fails is timed and fails all the same', async () => {
    class Failing {
      onRunComplete(): void {
        throw new Error('no room left')
      }
    }
    cache['/project/failing.js'] = { exports: { default: Failing } }
    const { names } = begin(['/project/failing.js'])
    await expect((async () => new Failing().onRunComplete())()).rejects.toThrow('no room left')
    expect(names()).toEqual(['failing.js'])
  })

  test.each([
    ['/project/node_modules/jest-junit/index.js', 'jest-junit'],
    ['C:\\project\\node_modules\\@shop\\reporter\\lib\\main.js', '@shop/reporter'],
    ['/project/node_modules/.pnpm/x@1/node_modules/x/index.js', 'x'],
    ['/project/tools/reporter.cjs', 'reporter.cjs'],
  ])('from %s is called %s', async (path, name) => {
    const Quick = sleeping(0)
    cache[path] = { exports: Quick }
    const { names } = begin([path])
    await new Quick().onRunComplete()
    expect(names()).toEqual([name])
  })

  test('that calls its base class is one', async () => {
    const Base = sleeping(5)
    class Derived extends Base {
      override async onRunComplete(...args: unknown[]): Promise<string> {
        return super.onRunComplete(...args)
      }
    }
    cache[JESTS] = { exports: { VerboseReporter: Base } }
    cache['/project/derived.js'] = { exports: Derived }
    const { names } = begin(['/project/derived.js'])
    await new Derived().onRunComplete()
    expect(names()).toEqual(['derived.js'])
  })

  test('that was not loaded, has no such method, or is ours is left as it is', async () => {
    const { onRunComplete } = Own.prototype
    cache['/project/own.js'] = { exports: { default: Own } }
    cache['/project/object.js'] = { exports: { onRunComplete: 1 } }
    cache['/project/none.js'] = { exports: class {} }
    cache['/project/arrow.js'] = { exports: () => undefined }
    const { names } = begin([
      ...['/project/own.js', '/project/object.js', '/project/none.js', '/project/arrow.js'],
      ...['/project/absent.js', 'default'],
    ])
    new Own().onRunComplete()
    expect(Own.prototype.onRunComplete).toBe(onRunComplete)
    expect(names()).toEqual([])
  })

  test('is timed once, and in watch mode told to the run under way', async () => {
    const Quick = sleeping(0)
    cache['/project/quick.js'] = { exports: Quick }
    const first = begin(['/project/quick.js'])
    const second = begin(['/project/quick.js'])
    await new Quick().onRunComplete()
    expect([first.names(), second.names()]).toEqual([[], ['quick.js']])
  })
})

describe('coverage', () => {
  class CoverageReporter extends sleeping(5) {
    override async onRunComplete(): Promise<string> {
      return super.onRunComplete()
    }
  }

  test('ends when Jest’s own reporter of it does, and only where it is collected', async () => {
    cache[JESTS] = { exports: { CoverageReporter, SummaryReporter: sleeping(0) } }
    const without = begin([])
    await new CoverageReporter().onRunComplete()
    expect([without.names(), without.timesCoverage]).toEqual([[], false])
    const { names, foundJests, timesCoverage } = begin([], true)
    expect([foundJests, timesCoverage]).toEqual([true, true])
    await new CoverageReporter().onRunComplete()
    expect(names()).toEqual(['CoverageReporter'])
    // In watch mode it was found before.
    expect(begin([], true).timesCoverage).toBe(true)
  })

  test('is not awaited where that reporter cannot be found, which is reported', () => {
    expect(begin([], true)).toMatchObject({ foundJests: false, timesCoverage: false })
    cache['/project/node_modules/@jest/reporters/build/other.js'] = { exports: { CoverageReporter } }
    expect(begin([], true).timesCoverage).toBe(false)
  })
})
