import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Output, transformSync } from '@swc/core'
import type { Recording } from '../../src/recording/recording.js'
import { resolveRecording } from '../../src/resolve/resolve-recording.js'
import { SourceMaps } from '../../src/resolve/source-maps.js'
import { NO_LOOKUPS } from '../support/modules.js'
import { type RawFunction, rawRecording } from '../support/recording.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** Length of the code that Jest 29 puts before a CommonJS module. */
const WRAPPER = '({"Object.<anonymous>":function(module,exports,require,__dirname,__filename,jest){'.length

const SOURCE = `interface Unused {
  a: number
}
export function burn(times: number): number {
  return times
}
`

const LIB = '/project/src/lib.ts'

function compile(oneLine: boolean): Output {
  return transformSync(SOURCE, {
    filename: LIB,
    sourceFileName: LIB,
    sourceMaps: true,
    minify: oneLine,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      minify: { compress: false, mangle: false },
    },
    module: { type: 'commonjs' },
  })
}

/** The position that V8 reports for a function: the parenthesis before its parameters, 0-based. */
function rawPosition(code: string, name: string): { line: number; column: number } {
  const before = code.slice(0, code.indexOf(`function ${name}(`) + `function ${name}`.length).split('\n')
  return { line: before.length - 1, column: before.at(-1)?.length ?? 0 }
}

function framesOf(recording: Recording): string[] {
  const { frames, nodes } = resolveRecording(recording, {
    maps: new SourceMaps(),
    profilerDirectory: '/profiler/',
  })
  return nodes.frame.slice(1).map(index => {
    const { name, file, line, column, generated } = frames[index] ?? {}
    return `${name} ${file}:${line}:${column}${generated ? ' (generated)' : ''}`
  })
}

function resolved(entry: RawFunction, script: Partial<Recording['scripts'][0]>, wrapperLength = 0): string {
  const scripts = [{ url: entry.url, ...script }]
  return framesOf(rawRecording([[entry]], { scripts, header: { wrapperLength } })).join()
}

describe('resolveRecording: positions', () => {
  const lines = compile(false)
  const oneLine = compile(true)
  const mapOf = ({ map = '' }: Output) => {
    const sourceMap = join(temporaryFolder(), 'lib.ts.map')
    writeFileSync(sourceMap, map)
    return { sourceMap, transformed: true }
  }

  test('a transformed function has its original position', () => {
    const entry = { name: 'burn', url: LIB, ...rawPosition(lines.code, 'burn') }
    expect(resolved(entry, mapOf(lines))).toBe(`burn ${LIB}:4:17`)
  })

  test('the first line of a module in Jest 29 is corrected by twice the length of the wrapper', () => {
    const { line, column } = rawPosition(oneLine.code, 'burn')
    expect(line).toBe(0)
    const entry = { name: 'burn', url: LIB, line, column: column + 2 * WRAPPER }
    expect(resolved(entry, mapOf(oneLine), WRAPPER)).toBe(`burn ${LIB}:4:17`)
  })

  test('ES modules and later lines are not corrected for the wrapper', () => {
    const first = { name: 'burn', url: LIB, ...rawPosition(oneLine.code, 'burn') }
    expect(resolved(first, { ...mapOf(oneLine), wrapped: false }, WRAPPER)).toBe(`burn ${LIB}:4:17`)
    const later = { name: 'burn', url: LIB, ...rawPosition(lines.code, 'burn') }
    expect(resolved(later, mapOf(lines), WRAPPER)).toBe(`burn ${LIB}:4:17`)
  })

  test('a transformed script without a source map keeps its generated positions, marked as generated', () => {
    const entry = { name: 'burn', url: LIB, line: 6, column: 4 }
    const gone = { transformed: true, sourceMap: '/nowhere/lib.ts.map' }
    expect(resolved(entry, { transformed: true })).toBe(`burn ${LIB}:7:5 (generated)`)
    expect(resolved(entry, gone)).toBe(`burn ${LIB}:7:5 (generated)`)
  })

  test('a function that the transformer added keeps its generated position, marked as generated', () => {
    const entry = { name: '_export', url: LIB, line: 7, column: 0 }
    expect(resolved(entry, mapOf(lines))).toBe(`_export ${LIB}:8:1 (generated)`)
  })

  test('an untransformed script keeps its positions', () => {
    const url = join(temporaryFolder(), 'plain.js')
    writeFileSync(url, 'function plain() {}\n')
    expect(resolved({ name: 'plain', url, line: 0, column: 14 }, {})).toBe(`plain ${url}:1:15`)
  })

  test('a script with its own source map has original positions', () => {
    const url = join(temporaryFolder(), 'index.js')
    const map = Buffer.from(lines.map ?? '').toString('base64')
    writeFileSync(url, `${lines.code}\n//# sourceMappingURL=data:application/json;base64,${map}\n`)
    const entry = { name: 'burn', url, ...rawPosition(lines.code, 'burn') }
    expect(resolved(entry, {})).toBe(`burn ${LIB}:4:17`)
  })

  test('built-in modules keep their names, and functions of the engine have no position', () => {
    expect(resolved({ name: 'read', url: 'node:fs', line: 9, column: 4 }, {})).toBe('read node:fs:10:5')
    expect(resolved({ name: 'stringify', url: '', line: -1, column: -1 }, {})).toBe('stringify :0:0')
    expect(resolved({ name: '', url: 'node:fs', line: 9, column: 4 }, {})).toBe('(anonymous) node:fs:10:5')
  })

  test.each([
    ['Jest 30', { name: '', line: 0, column: 0 }, 0],
    ['Node itself', { name: 'Object.<anonymous>', line: 0, column: 0 }, 0],
    ['Jest 29', { name: 'Object.<anonymous>', line: 0, column: WRAPPER + 31 }, WRAPPER],
  ])('the body of a module in %s is named (module), at the start of its source', (_who, entry, wrapper) => {
    expect(resolved({ ...entry, url: '/project/src/a.ts' }, {}, wrapper)).toBe(
      '(module) /project/src/a.ts:1:1',
    )
  })

  test('the body of a compiled module is in its only source', () => {
    const url = '/project/dist/lib.js'
    expect(resolved({ name: '', url, line: 0, column: 0 }, mapOf(lines))).toBe(`(module) ${LIB}:1:1`)
  })

  test('an unnamed function elsewhere than at the start of a file is no module body', () => {
    const url = '/project/src/a.ts'
    expect(resolved({ name: '', url, line: 0, column: 9 }, {})).toBe(`(anonymous) ${url}:1:10`)
    expect(resolved({ name: '', url, line: 3, column: 0 }, {})).toBe(`(anonymous) ${url}:4:1`)
  })

  test('V8’s line ticks are mapped to lines of the source', () => {
    const line = lines.code.split('\n').findIndex(text => text.includes('return times')) + 1
    const recording = rawRecording([[{ name: 'burn', url: LIB, ...rawPosition(lines.code, 'burn') }]], {
      scripts: [{ url: LIB, ...mapOf(lines) }],
      ticks: [{ stack: 0, line, count: 7 }],
    })
    const { ticks } = resolveRecording(recording, { maps: new SourceMaps(), profilerDirectory: '/profiler/' })
    expect(ticks).toEqual({ node: [1], line: [5], count: [7] })
  })

  describe('call sites of captured stacks', () => {
    type Call = { name: string; line: number; column: number }

    /** `frame file:line:column: line:column of the call` for each call. */
    function calls(recorded: Recording, ...given: Call[]): string[] {
      const columns = {
        name: given.map(({ name }) => name),
        script: given.map(() => recorded.scripts.findIndex(({ url }) => url === LIB)),
        line: given.map(({ line }) => line),
        column: given.map(({ column }) => column),
      }
      const { sites, frames } = resolveRecording(
        { ...recorded, sites: columns },
        { maps: new SourceMaps(), profilerDirectory: '/profiler/' },
      )
      return sites.frame.map((frame, site) => {
        const { name, file, line, column } = frames[frame] ?? {}
        return `${name} ${file}:${line}:${column}: ${sites.line[site]}:${sites.column[site]}`
      })
    }

    const position = rawPosition(lines.code, 'burn')
    const call = { line: lines.code.split('\n').findIndex(text => text.includes('return times')), column: 4 }

    test('have their original position, within the sampled function', () => {
      const recorded = rawRecording([[{ name: 'burn', url: LIB, ...position }]], {
        scripts: [{ url: LIB, ...mapOf(lines) }],
      })
      expect(calls(recorded, { name: 'burn', ...call })).toEqual([`burn ${LIB}:4:17: 5:3`])
    })

    test('get their own frame when their function was not sampled, or is a module’s body', () => {
      const recorded = rawRecording([[{ name: 'other', url: LIB, line: 0, column: 3 }]], {
        scripts: [{ url: LIB, ...mapOf(lines) }],
      })
      expect(calls(recorded, { name: 'burn', ...call }, { name: 'Object.<anonymous>', ...call })).toEqual([
        `burn ${LIB}:5:3: 5:3`,
        `(anonymous) ${LIB}:5:3: 5:3`,
      ])
    })

    test('are corrected for the wrapper in the first line of a module in Jest 29', () => {
      const recorded = rawRecording([[{ name: 'a', url: LIB, line: 3, column: 0 }]], {
        header: { wrapperLength: 82 },
      })
      expect(calls(recorded, { name: 'f', line: 0, column: 164 + 9 })).toEqual([`f ${LIB}:1:10: 1:10`])
    })
  })

  describe('code that a transformer added', () => {
    const transformer = '/project/node_modules/@swc/jest/index.js'
    const helperLine = lines.code.split('\n').findIndex(text => text.startsWith('function _export('))
    const burn = { name: 'burn', url: LIB, ...rawPosition(lines.code, 'burn') }
    const helper = { name: '_export', url: LIB, line: helperLine, column: 0 }
    const added = { name: 'resume', url: LIB, line: helperLine + 1, column: 4 }
    const transformed = (functions: RawFunction[], extension = '.ts'): Recording => ({
      ...rawRecording([functions], { scripts: [{ url: LIB, ...mapOf(lines) }] }),
      transforms: [
        {
          ...{ transformer, extension, files: 1, misses: 0, micros: 1, missMicros: 0 },
          ...{ loadMicros: 0, missLoadMicros: 0, uncached: 0 },
        },
      ],
    })
    const resolve = (recording: Recording) =>
      resolveRecording(recording, {
        ...{ maps: new SourceMaps(), profilerDirectory: '/profiler/', readSource: () => SOURCE },
      })

    test('functions without a mapping belong to the transformer’s package, and others to the project', () => {
      const { frames } = resolve(transformed([burn, added]))
      expect(frames.slice(1).map(({ name, category, package: from }) => [name, category, from])).toEqual([
        ['burn', 'source', undefined],
        ['resume', 'dependency', '@swc/jest'],
      ])
      const [, , unknown] = resolve(transformed([burn, added], '.js')).frames
      expect(unknown).toMatchObject({ category: 'dependency', package: '(transformer)' })
    })

    test('stacks of waits leave out calls in helpers, as long as others remain', () => {
      const calls = [
        { name: 'burn', line: lines.code.split('\n').findIndex(text => text.includes('return times')) },
        { name: '_export', line: helperLine },
        { name: 'step', line: helperLine + 1 },
      ]
      const recording: Recording = {
        ...transformed([burn, helper]),
        sites: {
          ...{ name: calls.map(({ name }) => name), script: calls.map(() => 1) },
          ...{ line: calls.map(({ line }) => line), column: calls.map(() => 4) },
        },
        waits: {
          resources: {
            kind: ['timer', 'timer', 'timer', 'timer'],
            stack: [[1, 0, 2], [1, 2], [0], null],
            ...{ test: [-1, -1, -1, -1], repeats: [false, false, false, false] },
          },
          ...{ wakes: { time: [], since: [], resource: [] }, contexts: null },
          leaks: { resource: [], during: [], time: [], count: [], micros: [] },
          thinned: { kind: [], created: [], kept: [] },
          pauses: { start: [], end: [] },
        },
      }
      expect(recording.scripts[1]?.url).toBe(LIB)
      expect(resolve(recording).waits?.resources.stack).toEqual([[0], [1, 2], [0], null])
      // In an untransformed file, all functions are the file's own.
      const plain = {
        ...recording,
        scripts: recording.scripts.map(script => ({ ...script, transformed: false })),
      }
      expect(resolve(plain).waits?.resources.stack).toEqual([[1, 0, 2], [1, 2], [0], null])
    })
  })

  test('module paths have forward slashes, and parts that were not recorded stay null', () => {
    const loads = {
      ...{ module: [], importer: [], within: [], start: [], end: [] },
      ...{ resolve: [], transform: [], compile: [] },
    }
    const modules = {
      path: ['C:\\project\\a.js', '/p/b\\c.js'],
      transformers: [],
      loads,
      lookups: NO_LOOKUPS,
      edges: { from: [], to: [] },
    }
    const options = { maps: new SourceMaps(), profilerDirectory: '/profiler/' }
    const recorded = { ...rawRecording([]), modules }
    expect(resolveRecording(recorded, options).modules?.path).toEqual(['C:/project/a.js', '/p/b\\c.js'])
    expect(recorded.modules.path[0]).toBe('C:\\project\\a.js')
    expect(resolveRecording(rawRecording([]), options)).toMatchObject({ modules: null, waits: null })
  })
})
