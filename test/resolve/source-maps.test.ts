import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { transformSync } from '@swc/core'
import { SourceMaps } from '../../src/resolve/source-maps.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const SOURCE = `interface Options {
  times: number
}

export function first({ times }: Options): number {
  return times
}

export const second = (value: number): number => {
  return value + 1
}
`

interface Compiled {
  code: string
  map: string
}

function compile(fileName: string): Compiled {
  const { code, map = '' } = transformSync(SOURCE, {
    filename: fileName,
    sourceFileName: fileName,
    sourceMaps: true,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  })
  return { code, map }
}

/** The 1-based position of a text in generated code. */
function positionOf(code: string, text: string): { line: number; column: number } {
  const lines = code.slice(0, code.indexOf(text)).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('SourceMaps', () => {
  const { code, map } = compile('lib.ts')

  test('keeps found positions after the map itself was dropped from the cache', () => {
    const folder = temporaryFolder()
    const maps = new SourceMaps()
    const sourceOf = (name: string) => {
      const path = join(folder, `${name}.map`)
      writeFileSync(path, map)
      return { kind: 'file', path } as const
    }
    const first = sourceOf('first')
    const find = (source: { kind: 'file'; path: string }) =>
      maps.original('/project/src/lib.ts', source, positionOf(code, 'first('))
    const found = find(first)
    expect(found?.line).toBe(5)
    for (let other = 0; other < 400; other++) expect(find(sourceOf(`${other}`))).toEqual(found)
    rmSync(first.path)
    expect(find(first)).toEqual(found)
    // The map's file was deleted.
    expect(maps.original('/project/src/lib.ts', first, positionOf(code, 'second ='))).toBeUndefined()
  })

  describe('maps of scripts in node_modules', () => {
    const line = { line: 1, column: 1 }
    /** The original files of a script, when its map names `source` relative to the script's folder. */
    const found = (script: string, source: string) => {
      const folder = temporaryFolder()
      const path = join(folder, script)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(
        `${path}.map`,
        JSON.stringify({ version: 3, names: [], sources: [source], mappings: 'AAKA' }),
      )
      writeFileSync(path, 'f()\n//# sourceMappingURL=index.js.map\n')
      const maps = new SourceMaps()
      const shipped = { kind: 'shipped' } as const
      const files = [
        maps.original(path, shipped, line)?.file,
        maps.originalLine(path, shipped, 1)?.file,
        maps.originalFile(path, shipped),
      ]
      return { files: files.map(file => file?.slice(folder.length)), promised: maps.promised(path, shipped) }
    }

    test.each([
      ['/node_modules/lib/dist/index.js', '../src/index.ts', '/node_modules/lib/src/index.ts'],
      ['/node_modules/@s/lib/dist/index.js', '../src/index.ts', '/node_modules/@s/lib/src/index.ts'],
      ['/packages/lib/dist/index.js', '../../../src/index.ts', '/src/index.ts'],
    ])('are used when they stay inside the package: %s, %s', (script, source, file) => {
      expect(found(script, source)).toEqual({ files: [file, file, file], promised: true })
    })

    test.each([
      ['/node_modules/lib/dist/index.js', '../../../src/index.ts'],
      ['/node_modules/lib/dist/index.js', '../../library/src/index.ts'],
      ['/node_modules/@s/lib/dist/index.js', '../../other/index.ts'],
      ['/node_modules/a/node_modules/b/index.js', '../../index.ts'],
      ['/node_modules/lib/dist/index.js', 'webpack:///src/index.ts'],
    ])('are ignored when they lead elsewhere: %s, %s', (script, source) => {
      expect(found(script, source)).toEqual({ files: [undefined, undefined, undefined], promised: true })
    })
  })

  test('finds original lines and columns by a map in a file', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'lib.ts.map')
    writeFileSync(path, map)
    const maps = new SourceMaps()
    const script = '/project/src/lib.ts'
    const source = { kind: 'file', path } as const
    expect(maps.original(script, source, positionOf(code, 'first('))).toEqual({
      file: '/project/src/lib.ts',
      line: 5,
      column: 17,
    })
    expect(maps.original(script, source, positionOf(code, 'second ='))).toEqual({
      file: '/project/src/lib.ts',
      line: 9,
      column: 14,
    })
    expect(maps.originalLine(script, source, positionOf(code, 'return value').line)?.line).toBe(10)
    expect(maps.originalFile(script, source)).toBe('/project/src/lib.ts')
    expect(maps.promised(script, source)).toBe(true)
  })

  test.each([
    ['in base64', `data:application/json;base64,${base64(map)}`],
    ['in base64 with a charset', `data:application/json;charset=utf-8;base64,${base64(map)}`],
    ['percent-encoded', `data:application/json,${encodeURIComponent(map)}`],
  ])('reads a map inside a script, %s', (_how, url) => {
    const script = join(temporaryFolder(), 'lib.js')
    writeFileSync(script, `${code}\n//# sourceMappingURL=${url}\n`)
    const found = new SourceMaps().original(script, { kind: 'shipped' }, positionOf(code, 'first('))
    expect(found).toEqual({ file: join(script, '../lib.ts'), line: 5, column: 17 })
  })

  test('reads a map beside a script by the script’s last comment, with sources relative to the map', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'dist/maps'), { recursive: true })
    const script = join(folder, 'dist/lib.js')
    const comment = (path: string) => `//# sourceMappingURL=${path}\n`
    writeFileSync(script, `${code}\n${comment('nothing.map')}${comment('maps/lib%20one.map')}`)
    writeFileSync(join(folder, 'dist/maps/lib one.map'), compile('../../src/lib.ts').map)
    const found = new SourceMaps().original(script, { kind: 'shipped' }, positionOf(code, 'first('))
    expect(found).toEqual({ file: join(folder, 'src/lib.ts'), line: 5, column: 17 })
  })

  test('keeps all answers for 400 maps after their files were deleted', () => {
    const folder = temporaryFolder()
    const maps = new SourceMaps()
    const paths = Array.from({ length: 400 }, (_, index) => join(folder, `${index}.map`))
    const ask = (path: string) => {
      const source = { kind: 'file', path } as const
      const position = maps.original('/project/src/lib.ts', source, positionOf(code, 'first('))
      return [position?.line, maps.originalFile('/project/src/lib.ts', source), maps.promised('', source)]
    }
    for (const path of paths) writeFileSync(path, map)
    const before = paths.map(ask)
    for (const path of paths) rmSync(path)
    expect(paths.map(ask)).toEqual(before)
    expect(new Set(before.map(String))).toEqual(new Set(['5,/project/src/lib.ts,true']))
  })

  test.each([
    ['without a comment', 'export const a = 1\n', false],
    ['whose map is missing', 'export const a = 1\n//# sourceMappingURL=missing.map\n', true],
    [
      'whose map is damaged',
      'export const a = 1\n//# sourceMappingURL=data:application/json,{broken\n',
      true,
    ],
    ['with a string that contains sourceMappingURL=x', 'export const a = "sourceMappingURL=x"\n', false],
  ])(
    'finds no map of a script %s, and counts it as generated only when it names a map',
    (_what, text, promised) => {
      const script = join(temporaryFolder(), 'lib.js')
      writeFileSync(script, text)
      const maps = new SourceMaps()
      expect(maps.promised(script, { kind: 'shipped' })).toBe(promised)
      expect(maps.original(script, { kind: 'shipped' }, { line: 1, column: 1 })).toBeUndefined()
    },
  )

  test('finds no map of missing and of unknown scripts', () => {
    const maps = new SourceMaps()
    expect(maps.promised('/nowhere/lib.js', { kind: 'shipped' })).toBe(false)
    expect(maps.promised('/nowhere/lib.ts', { kind: 'file', path: '/nowhere/lib.ts.map' })).toBe(true)
    expect(maps.promised('/nowhere/lib.js', { kind: 'none' })).toBe(false)
  })

  test('returns undefined for an unknown position', () => {
    const path = join(temporaryFolder(), 'lib.ts.map')
    writeFileSync(path, map)
    const maps = new SourceMaps()
    expect(maps.original('/project/lib.ts', { kind: 'file', path }, { line: 0, column: 0 })).toBeUndefined()
    expect(maps.original('/project/lib.ts', { kind: 'file', path }, { line: 999, column: 1 })).toBeUndefined()
  })

  // Two projects may transform one file in two ways.
  test('reads the requested one of two maps of a script', () => {
    const folder = temporaryFolder()
    const [one, two] = [join(folder, 'one.map'), join(folder, 'two.map')]
    writeFileSync(one, map)
    writeFileSync(two, map.replace('"lib.ts"', '"other.ts"'))
    const maps = new SourceMaps()
    const at = positionOf(code, 'first(')
    expect(maps.original('/project/lib.ts', { kind: 'file', path: one }, at)?.file).toBe('/project/lib.ts')
    expect(maps.original('/project/lib.ts', { kind: 'file', path: two }, at)?.file).toBe('/project/other.ts')
  })

  // A worker that exits has no time to look maps up, so its scripts have none.
  test('uses a map that only a later recording of the script names', () => {
    const folder = temporaryFolder()
    const script = join(folder, 'lib.ts')
    const path = join(folder, 'lib.ts.map')
    writeFileSync(script, SOURCE)
    writeFileSync(path, map)
    const maps = new SourceMaps()
    expect(maps.promised(script, { kind: 'shipped' })).toBe(false)
    expect(maps.original(script, { kind: 'file', path }, positionOf(code, 'first('))?.line).toBe(5)
  })
})
