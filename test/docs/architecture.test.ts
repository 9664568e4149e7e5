// The documentation describes the source tree and the dependencies correctly.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../e2e/support/cache.js'
import { codeIn, pageText, sectionOf } from '../support/documentation.js'

const PAGE = pageText('docs/how-it-works.md')

test('The source tree in the documentation lists every folder of src/, and no other', () => {
  const tree = sectionOf(PAGE, '## The source tree')
  const named = [...tree.matchAll(/^ {2}([\w-]+)\/ /gm)].map(([, folder = '']) => folder)
  const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? [entry.name] : [],
  )
  expect(named.toSorted()).toEqual(folders.toSorted())
})

test('The table of dependencies in the documentation equals package.json', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const table = sectionOf(PAGE, '## Dependencies')
  const named = (how: string) =>
    [...table.matchAll(/^\| `([^`]+)` +\| (\w+) /gm)].flatMap(([, name, way]) => (way === how ? [name] : []))
  expect(named('dependency')).toEqual(Object.keys(dependencies))
  const imported = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path))
    .map(path => readFileSync(join(ROOT, 'src', path), 'utf8'))
    .flatMap(text => [
      ...text.matchAll(/^import (?!type )[^']*'((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'/gm),
    ])
    .map(([, name]) => name)
  const bundled = new Set(imported.filter(name => name !== undefined && !(name in dependencies)))
  expect(named('bundled')).toEqual([...bundled].toSorted())
})

test('Every file of src/, test/ and scripts/ that a page for contributors names exists', () => {
  const pages = [PAGE, pageText('CONTRIBUTING.md')].join('\n')
  const paths = codeIn(pages).filter(code => /^(src|test|scripts|bench|docs)\/[\w./-]*$/.test(code))
  expect(paths.length).toBeGreaterThan(5)
  const all = new Set(
    ['src', 'test', 'scripts', 'bench', 'docs'].flatMap(folder =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
        path => `${folder}/${path.replaceAll('\\', '/')}`,
      ),
    ),
  )
  expect(paths.filter(path => !all.has(path.replace(/\/$/, '')) && !/^(src|test)\/$/.test(path))).toEqual([])
})

test('benchmarks import only what modules of src/ export', () => {
  // That one imports from Chrome DevTools alone.
  const scripts = readdirSync(join(ROOT, 'bench'), { recursive: true, encoding: 'utf8' }).filter(
    path => path.endsWith('.mjs') && !path.endsWith('chrome-reader.mjs'),
  )
  const imports = scripts.flatMap(script =>
    [
      ...readFileSync(join(ROOT, 'bench', script), 'utf8').matchAll(
        /\{ ([\w, ]+) \} (?:= await |from )(?:[\w(,]|\s)*'(?:[./]*\.cache\/modules\/)?((?:[\w-]+\/)+[\w-]+)\.js'/g,
      ),
    ].flatMap(([, names = '', module = '']) =>
      names.split(', ').map(name => ({ script, module, name, source: join(ROOT, 'src', `${module}.ts`) })),
    ),
  )
  expect(imports.length).toBeGreaterThan(15)
  const missing = imports.filter(
    ({ name, source }) =>
      !existsSync(source) || !new RegExp(`\\bexport [^=({]*\\b${name}\\b`).test(readFileSync(source, 'utf8')),
  )
  expect(missing.map(({ script, module, name }) => `${script}: ${name} of ${module}`)).toEqual([])
})
