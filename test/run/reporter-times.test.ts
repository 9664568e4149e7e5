// Reporters are found in Node's module cache, which is faked here.

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

/** Starts to measure reporters, and collects the measured times. */
function begin(paths: readonly string[], collectCoverage = false) {
  const told: { reporter: string; ms: number; atEnd: boolean }[] = []
  const listener: ReporterListener = (reporter, took) => told.push({ reporter, ...took })
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

describe('timeReporters', () => {
  test('measures a reporter until its promise has settled, and passes arguments and results through', async () => {
    const Slow = sleeping(30)
    cache['/project/slow.js'] = { exports: Slow }
    const { told } = begin(['/project/slow.js'])
    const reporter = new Slow()
    expect(await reporter.onRunComplete('contexts', 'results')).toBe('done')
    expect(reporter.seen).toEqual(['contexts', 'results'])
    expect(told).toEqual([{ reporter: 'slow.js', ms: expect.any(Number), atEnd: true }])
    expect(told[0]?.ms).toBeGreaterThan(25)
  })

  test('measures a reporter that throws, and passes its error through', async () => {
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
  ])('names the reporter from %s as %s', async (path, name) => {
    const Quick = sleeping(0)
    cache[path] = { exports: Quick }
    const { names } = begin([path])
    await new Quick().onRunComplete()
    expect(names()).toEqual([name])
  })

  test('measures a reporter of the config while tests run, but not those of Jest', async () => {
    class Chatty extends sleeping(0) {
      onTestResult(file: string): string {
        return `wrote ${file}`
      }
    }
    class SummaryReporter extends sleeping(0) {
      onTestResult(): void {}
    }
    cache['/project/chatty.js'] = { exports: Chatty }
    cache[JESTS] = { exports: { SummaryReporter } }
    const { told } = begin(['/project/chatty.js', 'summary'])
    expect(await new Chatty().onTestResult('a.test.js')).toBe('wrote a.test.js')
    await new SummaryReporter().onTestResult()
    expect(told).toEqual([{ reporter: 'chatty.js', ms: expect.any(Number), atEnd: false }])
  })

  test('counts a reporter that calls its base class once', async () => {
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

  test('ignores the profiler’s own reporter, unloaded reporters, and those without the method', async () => {
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

  test('measures each reporter once, and reports its time to the current run in watch mode', async () => {
    const Quick = sleeping(0)
    cache['/project/quick.js'] = { exports: Quick }
    const first = begin(['/project/quick.js'])
    const second = begin(['/project/quick.js'])
    await new Quick().onRunComplete()
    expect([first.names(), second.names()]).toEqual([[], ['quick.js']])
  })
})

describe('timeReporters: coverage', () => {
  class CoverageReporter extends sleeping(5) {
    override async onRunComplete(): Promise<string> {
      return super.onRunComplete()
    }
  }

  test('ends with Jest’s coverage reporter, and is measured only when coverage is collected', async () => {
    cache[JESTS] = { exports: { CoverageReporter, SummaryReporter: sleeping(0) } }
    const without = begin([])
    await new CoverageReporter().onRunComplete()
    expect([without.names(), without.timesCoverage]).toEqual([[], false])
    const { names, foundJests, timesCoverage } = begin([], true)
    expect([foundJests, timesCoverage]).toEqual([true, true])
    await new CoverageReporter().onRunComplete()
    expect(names()).toEqual(['CoverageReporter'])
    // In watch mode, the reporter was found by an earlier run.
    expect(begin([], true).timesCoverage).toBe(true)
  })

  test('is not measured when the coverage reporter cannot be found', () => {
    expect(begin([], true)).toMatchObject({ foundJests: false, timesCoverage: false })
    cache['/project/node_modules/@jest/reporters/build/other.js'] = { exports: { CoverageReporter } }
    expect(begin([], true).timesCoverage).toBe(false)
  })
})
