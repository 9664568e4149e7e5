import { describe, expect, test } from '@jest/globals'
import { atomicsWaits } from '../../src/resolve/atomics-wait.js'
import { resolvedFromText } from '../support/recording.js'

const SOURCE = ['export function A(lock) {', '  prepare()', '  Atomics . wait(lock, 0, 0)', '}'].join('\n')

interface Given {
  text?: string
  ticks?: { node: number[]; line: number[]; count: number[] }
  intervalMicros?: number
  readSource?: (file: string) => string | undefined
}

/** The nodes that are found to wait; node 1 is the first function. */
function waitsOf({
  text = '0\nA',
  ticks = { node: [1], line: [3], count: [30] },
  intervalMicros = 1000,
  readSource = () => SOURCE,
}: Given): number[] {
  return atomicsWaits(resolvedFromText(text, { ticks }), { intervalMicros, readSource })
}

describe('atomicsWaits', () => {
  test('finds functions whose samples are on a line that calls Atomics.wait', () => {
    expect(waitsOf({})).toEqual([1])
    expect(waitsOf({ ticks: { node: [1], line: [2], count: [30] } })).toEqual([])
  })

  test('requires 90 % of a function’s samples on such lines', () => {
    const shared = (waiting: number) => ({ node: [1, 1], line: [3, 2], count: [waiting, 100 - waiting] })
    expect(waitsOf({ ticks: shared(90) })).toEqual([1])
    expect(waitsOf({ ticks: shared(89) })).toEqual([])
  })

  test('reads no source for functions with less than 20 ms', () => {
    const read: string[] = []
    const readSource = (file: string) => {
      read.push(file)
      return SOURCE
    }
    const ticks = { node: [1], line: [3], count: [19] }
    expect(waitsOf({ ticks, readSource })).toEqual([])
    expect(read).toEqual([])
    expect(waitsOf({ ticks, readSource, intervalMicros: 2000 })).toEqual([1])
    expect(read).toEqual(['/project/src/A.js'])
  })

  test('leaves out functions of Jest and Node', () => {
    expect(waitsOf({ text: '0\nJ[jest]' })).toEqual([])
    expect(waitsOf({ text: '0\nN[node:worker_threads]' })).toEqual([])
    expect(waitsOf({ text: '0\nL[dependency:synckit]' })).toEqual([1])
  })

  test('finds functions of a transformer that uses a worker thread', () => {
    expect(waitsOf({ text: '0\nL[transform:synckit]' })).toEqual([1])
  })

  test('finds nothing when the source is missing or too short', () => {
    expect(waitsOf({ readSource: () => undefined })).toEqual([])
    expect(waitsOf({ readSource: () => 'Atomics.wait(' })).toEqual([])
  })

  test('ignores similar names', () => {
    const sourceWith = (call: string) => waitsOf({ readSource: () => `\n\n${call}` })
    expect(sourceWith('myAtomics.wait(lock)')).toEqual([])
    expect(sourceWith('Atomics.waitAsync(lock)')).toEqual([])
    expect(sourceWith('Atomics.wait(lock)')).toEqual([1])
  })
})
