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

/** 1-based position of a text in generated code. */
function positionOf(code: string, text: string): { line: number; column: number } {
  const lines = code.slice(0, code.indexOf(text)).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('SourceMaps', () => {
  const { code, map } = compile('lib.ts')

  test('a position that was found once is known, however many maps came after its own', () => {
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
    // Its map is gone by then.
    expect(maps.original('/project/src/lib.ts', first, positionOf(code, 'second ='))).toBeUndefined()
  })

  describe('of a script in node_modules', () => {
    const line = { line: 1, column: 1 }
    /** What its map makes of a script of that path, if its source is at `source` from the script's folder. */
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
    ])('is believed where it stays inside of the package: %s, %s', (script, source, file) => {
      expect(found(script, source)).toEqual({ files: [file, file, file], promised: true })
    })

    test.each([
      ['/node_modules/lib/dist/index.js', '../../../src/index.ts'],
      ['/node_modules/lib/dist/index.js', '../../library/src/index.ts'],
      ['/node_modules/@s/lib/dist/index.js', '../../other/index.ts'],
      ['/node_modules/a/node_modules/b/index.js', '../../index.ts'],
      ['/node_modules/lib/dist/index.js', 'webpack:///src/index.ts'],
    ])('is not believed where it leads elsewhere: %s, %s', (script, source) => {
      expect(found(script, source)).toEqual({ files: [undefined, undefined, undefined], promised: true })
    })
  })

  test('a map in a file leads to the original line and column of a function', () => {
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
  ])('a map that a script carries %s is read from the script', (_how, url) => {
    const script = join(temporaryFolder(), 'lib.js')
    writeFileSync(script, `${code}\n//# sourceMappingURL=${url}\n`)
    const found = new SourceMaps().original(script, { kind: 'shipped' }, positionOf(code, 'first('))
    expect(found).toEqual({ file: join(script, '../lib.ts'), line: 5, column: 17 })
  })

  test('a map beside the script is found by the script’s last comment, its sources from where the map lies', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'dist/maps'), { recursive: true })
    const script = join(folder, 'dist/lib.js')
    const comment = (path: string) => `//# sourceMappingURL=${path}\n`
    writeFileSync(script, `${code}\n${comment('nothing.map')}${comment('maps/lib%20one.map')}`)
    writeFileSync(join(folder, 'dist/maps/lib one.map'), compile('../../src/lib.ts').map)
    const found = new SourceMaps().original(script, { kind: 'shipped' }, positionOf(code, 'first('))
    expect(found).toEqual({ file: join(folder, 'src/lib.ts'), line: 5, column: 17 })
  })

  test('what was found of a map is known though more maps came since than are kept decoded, and it is gone', () => {
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
    ['whose text speaks of sourceMappingURL=x', 'export const a = "sourceMappingURL=x"\n', false],
  ])('a script %s has no map, and counts as made from others where it names one', (_what, text, promised) => {
    const script = join(temporaryFolder(), 'lib.js')
    writeFileSync(script, text)
    const maps = new SourceMaps()
    expect(maps.promised(script, { kind: 'shipped' })).toBe(promised)
    expect(maps.original(script, { kind: 'shipped' }, { line: 1, column: 1 })).toBeUndefined()
  })

  test('a script that is gone, and one of which nothing is known, have no map', () => {
    const maps = new SourceMaps()
    expect(maps.promised('/nowhere/lib.js', { kind: 'shipped' })).toBe(false)
    expect(maps.promised('/nowhere/lib.ts', { kind: 'file', path: '/nowhere/lib.ts.map' })).toBe(true)
    expect(maps.promised('/nowhere/lib.js', { kind: 'none' })).toBe(false)
  })

  test('an unknown position has no original', () => {
    const path = join(temporaryFolder(), 'lib.ts.map')
    writeFileSync(path, map)
    const maps = new SourceMaps()
    expect(maps.original('/project/lib.ts', { kind: 'file', path }, { line: 0, column: 0 })).toBeUndefined()
    expect(maps.original('/project/lib.ts', { kind: 'file', path }, { line: 999, column: 1 })).toBeUndefined()
  })

  // Two projects may transform one file in two ways.
  test('one script with two maps is read by the map that is requested', () => {
    const folder = temporaryFolder()
    const [one, two] = [join(folder, 'one.map'), join(folder, 'two.map')]
    writeFileSync(one, map)
    writeFileSync(two, map.replace('"lib.ts"', '"other.ts"'))
    const maps = new SourceMaps()
    const at = positionOf(code, 'first(')
    expect(maps.original('/project/lib.ts', { kind: 'file', path: one }, at)?.file).toBe('/project/lib.ts')
    expect(maps.original('/project/lib.ts', { kind: 'file', path: two }, at)?.file).toBe('/project/other.ts')
  })

  // A worker that exits has no time to ask for maps: its scripts come without one.
  test('a script that came without its map once is mapped when a later recording names the map', () => {
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
