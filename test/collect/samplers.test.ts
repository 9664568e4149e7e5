import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { listSamplers, samplerClock } from '../../src/collect/clock.js'
import { createInspectorEngine } from '../../src/collect/engines/inspector.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const SAMPLER = 'v8:ProfEvntProc\n'

/** A folder of threads as on Linux: names and CPU nanoseconds by thread id. */
function threadsOf(threads: Record<string, [name: string, ran: string]>): string {
  const folder = temporaryFolder()
  for (const [id, [name, ran]] of Object.entries(threads)) {
    mkdirSync(join(folder, id))
    writeFileSync(join(folder, id, 'comm'), name)
    writeFileSync(join(folder, id, 'schedstat'), `${ran} 1 1\n`)
  }
  return folder
}

describe('samplerClock', () => {
  test('reads the CPU time of the sampler thread that started since the others were listed', () => {
    const folder = threadsOf({ 7: ['node\n', '9000'], 8: [SAMPLER, '5000000'], 9: [SAMPLER, '2000000'] })
    expect(listSamplers(folder)).toEqual(['8', '9'])
    const clock = samplerClock(['8'], folder)
    expect(clock()).toBe(2000)
    writeFileSync(join(folder, '9/schedstat'), '3500000 1 1\n')
    expect(clock()).toBe(3500)
  })

  test('returns undefined when the sampler is ambiguous or threads cannot be listed', () => {
    const folder = threadsOf({ 8: [SAMPLER, '5000000'], 9: [SAMPLER, '2000000'] })
    expect(samplerClock([], folder)()).toBeUndefined()
    expect(samplerClock(['8', '9'], folder)()).toBeUndefined()
    const nowhere = join(folder, 'nothing')
    expect(listSamplers(nowhere)).toEqual([])
    expect(samplerClock([], nowhere)()).toBeUndefined()
  })

  test('advances while V8 samples, and ends with the sampler', async () => {
    const others = listSamplers()
    const engine = createInspectorEngine(1000)
    engine.start('one')
    const burnFor = (ms: number) => {
      for (const end = performance.now() + ms; performance.now() < end; );
    }
    burnFor(50)
    const clock = samplerClock(others)
    const before = clock()
    // The clock is undefined when the kernel does not count.
    const counts =
      process.platform === 'linux' && !readFileSync('/proc/self/schedstat', 'utf8').startsWith('0 ')
    expect(before !== undefined).toBe(counts)
    if (before !== undefined) {
      burnFor(50)
      expect(clock()).toBeGreaterThan(before)
    }
    engine.stop('one')
    engine.close()
    expect(clock()).toBeUndefined()
  })
})
