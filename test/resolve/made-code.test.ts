import { describe, expect, test } from '@jest/globals'
import { makerFinder, makersOf } from '../../src/resolve/made-code.js'
import { resolveRecording } from '../../src/resolve/resolve-recording.js'
import { SourceMaps } from '../../src/resolve/source-maps.js'
import { type RawFunction, rawRecording } from '../support/recording.js'

const MADE: RawFunction = { name: 'render', url: '', line: 2, column: 4 }
const inFile = (url: string, name = 'compile'): RawFunction => ({ name, url, line: 0, column: 0 })
const [ENGINE, OTHER, LIBRARY] = [
  ...['/project/src/engine.js', '/project/src/other.js', '/project/node_modules/ejs/index.js'],
] as const

/** `file:line:column` of each maker that was found. */
function makers(stacks: RawFunction[][], sources: Record<string, string>): string[] {
  const read = (file: string) => sources[file]
  return makersOf(rawRecording(stacks), makerFinder(read)).flatMap(maker =>
    maker === undefined ? [] : `${maker.file}:${maker.line}:${maker.column}`,
  )
}

describe('makersOf', () => {
  test.each([
    ["new Function('a', text)", 15],
    ["new globalThis.Function('a', text)", 15],
    ["Function('a', text)", 15],
    ['eval(text)', 15],
    ['vm.runInNewContext(text)', 18],
    ['vm.runInThisContext(text)', 18],
    ['new vm.Script(text)', 15],
    ['vm.compileFunction(text)', 18],
  ])('finds the call that makes code: %s', (text, column) => {
    const source = `// Templates.\nconst render = ${text}\n`
    expect(makers([[inFile(ENGINE), MADE]], { [ENGINE]: source })).toEqual([`${ENGINE}:2:${column + 1}`])
  })

  test.each(['isFunction(a)', 'medieval(a)', 'page.eval(a)', 'Function.prototype', 'typeof Function'])(
    'ignores similar names: %s',
    text => {
      expect(makers([[inFile(ENGINE), MADE]], { [ENGINE]: text })).toEqual([])
    },
  )

  test('prefers a call in a file that is on the function’s stack', () => {
    const sources = { [ENGINE]: 'eval(a)', [OTHER]: '\neval(b)' }
    const apart = [[inFile(ENGINE)], [inFile(OTHER), MADE]]
    expect(makers(apart, sources)).toEqual([`${OTHER}:2:1`])
  })

  test('finds no maker when several files could be it, and the file when there is only one', () => {
    const stacks = [[inFile(ENGINE)], [inFile(OTHER)], [MADE]]
    expect(makers(stacks, { [ENGINE]: 'eval(a)', [OTHER]: 'eval(b)' })).toEqual([])
    expect(makers(stacks, { [ENGINE]: 'eval(a)', [OTHER]: 'a' })).toEqual([`${ENGINE}:1:1`])
  })

  test('prefers the project’s code to packages', () => {
    const stacks = [[inFile(LIBRARY)], [inFile(ENGINE)], [MADE]]
    expect(makers(stacks, { [ENGINE]: 'eval(a)', [LIBRARY]: 'eval(b)' })).toEqual([`${ENGINE}:1:1`])
    expect(makers(stacks, { [LIBRARY]: 'eval(b)' })).toEqual([`${LIBRARY}:1:1`])
  })

  test('leaves out Jest and transformers', () => {
    const tool = '/project/node_modules/@babel/core/lib/index.js'
    expect(makers([[inFile(tool), MADE]], { [tool]: 'eval(a)' })).toEqual([])
  })

  test('reads no source when all functions have files or are built-in', () => {
    const read: string[] = []
    const native: RawFunction = { name: 'sort', url: '', line: -1, column: -1 }
    const recording = rawRecording([[inFile(ENGINE), native]])
    const found = makersOf(
      recording,
      makerFinder(file => {
        read.push(file)
        return 'eval(a)'
      }),
    )
    expect(found.every(maker => maker === undefined)).toBe(true)
    expect(read).toEqual([])
  })
})

test('a file is searched for places that make code once, whichever recordings loaded it', () => {
  const read: string[] = []
  const makerIn = makerFinder(file => {
    read.push(file)
    return 'eval(a)'
  })
  const recording = rawRecording([[inFile(ENGINE), MADE]])
  for (const each of [recording, recording]) makersOf(each, makerIn)
  expect(read).toEqual([ENGINE])
})

describe('resolveRecording of a function made at run time', () => {
  const frames = (stacks: RawFunction[][], sources: Record<string, string>) =>
    resolveRecording(rawRecording(stacks), {
      ...{ maps: new SourceMaps(), profilerDirectory: '/profiler/', readSource: file => sources[file] },
    }).frames.filter(({ name }) => name.includes('made at run time'))

  test('gives it the position of its maker, and distinguishes functions of one maker by line', () => {
    const first = { ...MADE, name: '', line: 0 }
    const shown = frames([[inFile(ENGINE), first, MADE]], { [ENGINE]: '\n\n  eval(text)' })
    expect(
      shown.map(({ name, file, line, column, category }) => [name, file, line, column, category]),
    ).toEqual([
      ['(made at run time)', ENGINE, 3, 3, 'source'],
      ['render (made at run time):3', ENGINE, 3, 3, 'source'],
    ])
  })

  test('gives it no position when the maker is unknown, but its caller’s category', () => {
    expect(frames([[inFile(LIBRARY), MADE]], {})).toMatchObject([
      { name: 'render (made at run time)', file: '', line: 0, column: 0, category: 'dependency' },
    ])
  })
})
