// Rules for the sources that no linter checks: names, sizes and object literals.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url))

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.tsx?$/.test(path))
  .map(path => ({
    path: path.replaceAll('\\', '/'),
    lines: readFileSync(join(SOURCE, path), 'utf8').split('\n'),
  }))

/** `path:line` of each line that matches the pattern. */
function placesOf(pattern: RegExp): string[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? `${path}:${index + 1}` : [])),
  )
}

test('Every type name is declared once', () => {
  const declared = new Map<string, string[]>()
  for (const { path, lines } of sources) {
    for (const line of lines) {
      const [, name] = /^(?:export )?(?:abstract )?(?:interface|type|class) ([A-Z]\w*)/.exec(line) ?? []
      if (name !== undefined) declared.set(name, [...(declared.get(name) ?? []), path])
    }
  }
  expect(declared.size).toBeGreaterThan(300)
  expect([...declared].filter(([, paths]) => paths.length > 1)).toEqual([])
})

test('No properties are spread from an object literal to save lines', () => {
  expect(placesOf(/\.\.\.\w/).length).toBeGreaterThan(100)
  expect(placesOf(/\.\.\.\{ /)).toEqual([])
})

test('File names are kebab-case and name their content', () => {
  const names = sources.map(({ path }) => basename(path).replace(/(\.d)?\.tsx?$/, ''))
  expect(names.filter(name => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([])
  expect(names.filter(name => /^(utils?|helpers?|common|types?|misc)$/.test(name))).toEqual([])
})

test('At least 85 % of the files have at most 150 lines, and none has more than 400', () => {
  expect(sources.filter(({ lines }) => lines.length > 400).map(({ path }) => path)).toEqual([])
  const long = sources.filter(({ lines }) => lines.length > 150)
  expect(long.length / sources.length).toBeLessThan(0.15)
})
