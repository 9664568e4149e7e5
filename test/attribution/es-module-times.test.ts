import { describe, expect, test } from '@jest/globals'
import { esModuleTimes } from '../../src/attribution/es-module-times.js'
import type { Frame } from '../../src/profile/profile.js'
import { type DrawnLoad, esModule, modulesOf, script } from '../support/modules.js'
import { type DrawnRecording, resolvedFromText, span } from '../support/recording.js'

/** Frames by their drawn names. */
const MEANT: Readonly<Record<string, Partial<Frame>>> = {
  asks: { name: 'resolveModule', package: 'jest-runtime' },
  compiles: { name: 'SourceTextModule', file: 'node:internal/vm/module' },
  joins: { name: 'instantiate', file: 'node:internal/vm/module' },
  bodyOfA: { name: '(module)', file: '/project/src/a.js' },
}

/** `load resolve/compile`, by load, and `module evaluated` by module. */
function timesOf(text: string, loads: readonly DrawnLoad[], given: DrawnRecording = {}) {
  const modules = modulesOf(loads)
  const drawn = resolvedFromText(text, { ...given, modules, header: { wallMicros: 1000 } })
  const frames = drawn.frames.map((frame): Frame => ({ ...frame, ...MEANT[frame.name] }))
  const { linked, evaluated } = esModuleTimes({ ...drawn, frames }, modules)
  return {
    linked: [...linked].map(([load, { resolve, compile }]) => `${load} ${resolve}/${compile}`),
    evaluated: [...evaluated].map(([module, micros]) => `${modules.path[module]} ${micros}`),
  }
}

const TEST = esModule('test', 0, { transform: 100 })
const A = esModule('a', 400, { transform: 100, importer: 'test' })

describe('esModuleTimes', () => {
  test('what is resolved and compiled belongs to the module that Jest loads then', () => {
    const text = `
      100   300       500       700   900
      asks  compiles  compiles  asks  work
    `
    expect(timesOf(text, [TEST, A])).toEqual({ linked: ['0 200/200', '1 200/200'], evaluated: [] })
  })

  test('what is measured, a transform or the load of a CommonJS module, is not counted again', () => {
    const text = `
      50    150   200   250   450   600
      asks  work  asks  work  asks  work
    `
    const loads = [TEST, script('lib', [180, 260], [], { importer: 'test' }), A]
    expect(timesOf(text, loads)).toEqual({ linked: [], evaluated: [] })
  })

  test('the body of a module is not what its import costs, and an import in the body is not the body', () => {
    const text = `
      500      600      700
      asks     bodyOfA  work
      bodyOfA  asks
      work
    `
    expect(timesOf(text, [TEST, A])).toEqual({
      linked: ['1 100/0'],
      evaluated: ['/project/src/a.js 100'],
    })
  })

  test('what is done for the whole graph belongs to no module', () => {
    expect(timesOf('600\njoins', [TEST, A])).toEqual({ linked: [], evaluated: [] })
  })

  test('a test that imports nothing does not add to the modules before it', () => {
    const tests = [span({ index: 0, start: 650, end: 800 })]
    expect(timesOf('500   700   800\nasks  asks  work', [TEST, A], { tests }).linked).toEqual(['1 200/0'])
  })

  test('a recording without ES modules has no such times', () => {
    expect(timesOf('100   300\nasks  work', [script('test', [0, 50])]).linked).toEqual([])
  })
})
