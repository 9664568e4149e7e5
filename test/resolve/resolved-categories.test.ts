import { describe, expect, test } from '@jest/globals'
import { resolveRecording } from '../../src/resolve/resolve-recording.js'
import { SourceMaps } from '../../src/resolve/source-maps.js'
import { type RawFunction, rawRecording } from '../support/recording.js'

const own: RawFunction = { name: 'own', url: '/project/src/a.ts', line: 4, column: 2 }
const lodash: RawFunction = { name: 'map', url: '/project/node_modules/lodash/map.js', line: 9, column: 2 }
const jestsTransform: RawFunction = {
  name: 'transformSource',
  url: '/project/node_modules/@jest/transform/build/index.js',
  line: 3,
  column: 2,
}
const babel: RawFunction = {
  name: 'parse',
  url: '/project/node_modules/@babel/parser/lib/index.js',
  line: 7,
  column: 2,
}
const collector: RawFunction = { name: '(garbage collector)', url: '', line: -1, column: -1 }

const resolve = (...stacks: RawFunction[][]) =>
  resolveRecording(rawRecording(stacks), { maps: new SourceMaps(), profilerDirectory: '/profiler/' })

/** `name category package` for each node except the root. */
function categories(...stacks: RawFunction[][]): string[] {
  const { frames, nodes } = resolve(...stacks)
  return nodes.frame.slice(1).map(index => {
    const { name, category, package: packageName } = frames[index] ?? {}
    return [name, category, packageName].filter(Boolean).join(' ')
  })
}

describe('resolveRecording: categories', () => {
  test('a transformer’s callees belong to it, as frames of their own', () => {
    expect(categories([jestsTransform, babel, lodash], [own, lodash])).toEqual([
      'transformSource transform @jest/transform',
      'parse transform @babel/parser',
      'map transform lodash',
      'own source',
      'map dependency lodash',
    ])
    const { frames } = resolve([jestsTransform, babel, lodash], [lodash], [lodash])
    expect(frames.filter(({ name }) => name === 'map')).toHaveLength(2)
  })

  test('a package that only Jest loaded has the category jest', () => {
    const scripts = [{ url: lodash.url, tool: 'jest' as const }]
    const recording = rawRecording([[lodash], [own]], { scripts })
    const { frames } = resolveRecording(recording, {
      maps: new SourceMaps(),
      profilerDirectory: '/profiler/',
    })
    expect(frames.map(({ name, category }) => `${name} ${category}`)).toEqual(
      expect.arrayContaining(['map jest', 'own source']),
    )
  })

  test('packages of a transformer are dependencies when the project’s code calls them', () => {
    expect(categories([own, babel, lodash])).toEqual([
      'own source',
      'parse dependency @babel/parser',
      'map dependency lodash',
    ])
  })

  test('garbage collections have the category gc, regardless of their caller', () => {
    expect(categories([jestsTransform, babel, collector])).toEqual([
      'transformSource transform @jest/transform',
      'parse transform @babel/parser',
      '(garbage collector) gc',
    ])
  })

  test('functions of the engine have the category native', () => {
    expect(categories([lodash, { name: 'stringify', url: '', line: -1, column: -1 }])).toEqual([
      'map dependency lodash',
      'stringify native',
    ])
  })

  // V8 gives evaluated code a position but no URL, as the captured profiles show.
  test('code made at run time has its caller’s category, and is marked in its name', () => {
    const template: RawFunction = { name: 'render', url: '', line: 2, column: 29 }
    expect(categories([lodash, template])).toEqual([
      'map dependency lodash',
      'render (made at run time) dependency',
    ])
  })

  test('Windows paths get forward slashes', () => {
    const { frames, nodes } = resolve([{ name: 'f', url: 'C:\\project\\node_modules\\lodash\\map.js' }])
    expect(frames[nodes.frame[1] ?? -1]).toMatchObject({
      file: 'C:/project/node_modules/lodash/map.js',
      category: 'dependency',
      package: 'lodash',
    })
  })

  test('the tree, samples and tests are unchanged, and so is the recording itself', () => {
    const recording = rawRecording([[own], [own, lodash]])
    const copy = structuredClone(recording)
    const { samples, nodes, tests, header } = resolveRecording(recording, {
      maps: new SourceMaps(),
      profilerDirectory: '/profiler/',
    })
    expect(recording).toEqual(copy)
    expect(samples).toEqual(recording.samples)
    expect(nodes.caller).toEqual(recording.nodes.caller)
    expect(tests).toEqual(recording.tests)
    expect({ ...header, wrapperLength: 0 }).toEqual(recording.header)
  })
})
