import { describe, expect, test } from '@jest/globals'
import { toolsOwn } from '../../src/collect/tools-own.js'

const at = (name: string) => `/project/node_modules/${name}/index.js`

interface Drawn {
  /** Who requires what: files, or packages by their names. */
  readonly required: Readonly<Record<string, readonly string[]>>
  /** What packages say that they need; all that they require when they say nothing here. */
  readonly needed?: Readonly<Record<string, readonly string[]>>
  /** Packages of the project's transformers. */
  readonly transformers?: readonly string[]
}

function ownersOf({ required, needed = {}, transformers = [] }: Drawn): Record<string, string | undefined> {
  const path = (name: string) => (name.startsWith('/') ? name : at(name))
  const files = new Set(Object.entries(required).flat(2).map(path))
  const childrenOf = new Map(Object.entries(required).map(([name, names]) => [path(name), names.map(path)]))
  const loaded = Object.fromEntries(
    [...files].map(file => [file, { children: childrenOf.get(file)?.map(filename => ({ filename })) ?? [] }]),
  )
  const readManifest = (folder: string) => {
    const name = folder.slice('/project/node_modules/'.length)
    return Object.fromEntries((needed[name] ?? required[name] ?? []).map(need => [need, '*']))
  }
  const ownerOf = toolsOwn(loaded, { readManifest, transformers: transformers.map(at) })
  const packages = [...files].filter(file => file.includes('node_modules'))
  return Object.fromEntries(
    packages.map(file => [file.slice('/project/node_modules/'.length, -'/index.js'.length), ownerOf(file)]),
  )
}

describe('packages outside of the sandbox', () => {
  test('that only Jest needs are its own, and so is what they need in turn', () => {
    expect(
      ownersOf({
        required: {
          'jest-haste-map': ['micromatch', 'graceful-fs'],
          'jest-util': ['graceful-fs'],
          micromatch: ['braces', 'picomatch'],
        },
      }),
    ).toMatchObject({ micromatch: 'jest', 'graceful-fs': 'jest', braces: 'jest', picomatch: 'jest' })
  })

  test('that the project or a package of its own requires too are not', () => {
    expect(
      ownersOf({
        required: {
          'jest-util': ['graceful-fs', 'chalk', 'slash'],
          '/project/environment.js': ['graceful-fs', 'server'],
          server: ['chalk'],
        },
      }),
    ).toMatchObject({ 'graceful-fs': undefined, server: undefined, chalk: undefined, slash: 'jest' })
  })

  test('that Jest loads on the project’s behalf are not, nor what an environment of its own is made of', () => {
    expect(
      ownersOf({
        required: {
          'jest-util': ['their-environment', 'picomatch'],
          'their-environment': ['dom'],
          'jest-environment-jsdom': ['jsdom'],
        },
        needed: { 'jest-util': ['picomatch'] },
      }),
    ).toMatchObject({ 'their-environment': undefined, dom: undefined, jsdom: undefined, picomatch: 'jest' })
  })

  test('that are the project’s transformers are known by being called, not by their names', () => {
    const required = {
      '@jest/transform': ['@vue/vue2-jest'],
      '@vue/vue2-jest': ['source-map'],
      'jest-runner': ['source-map-support'],
      'source-map-support': ['source-map'],
    }
    const needed = { '@jest/transform': [] }
    expect(ownersOf({ required, needed, transformers: ['@vue/vue2-jest'] })).toMatchObject({
      '@vue/vue2-jest': 'transform',
      'source-map-support': 'jest',
      'source-map': 'jest',
    })
    expect(ownersOf({ required, needed })['source-map']).toBeUndefined()
  })

  test('that a transformer has loaded are its own, though it does not say that it needs them', () => {
    const required = {
      'jest-util': ['@babel/core'],
      '@babel/core': ['babel-plugin-module-resolver'],
      'babel-plugin-module-resolver': ['resolve'],
      'jest-resolve': ['resolve'],
    }
    expect(ownersOf({ required, needed: { '@babel/core': [] } })).toMatchObject({
      'babel-plugin-module-resolver': 'transform',
      resolve: 'jest',
    })
  })

  test('that Jest needs for itself are its own, whatever they are called; those that the project requires are not', () => {
    const required = { 'jest-message-util': ['@babel/code-frame'], '/project/environment.js': ['typescript'] }
    expect(ownersOf({ required })).toMatchObject({ '@babel/code-frame': 'transform', typescript: undefined })
  })

  test('that Jest has loaded for a module of its own in the sandbox are its own', () => {
    const file = at('@babel/core')
    const loadedFor = (filename: string) =>
      toolsOwn({ [file]: { children: [], parent: { filename } } }, { readManifest: () => ({}) })(file)
    expect(loadedFor(at('jest-snapshot'))).toBe('transform')
    expect(loadedFor('/project/src/compile.js')).toBeUndefined()
  })

  test('that only transformers need are a transformer’s', () => {
    expect(
      ownersOf({
        required: {
          'jest-util': ['@babel/core'],
          '@babel/core': ['gensync', 'semver'],
          'jest-snapshot': ['semver'],
          gensync: ['ms'],
        },
      }),
    ).toMatchObject({ gensync: 'transform', ms: 'transform', semver: 'jest' })
  })

  test('of which something was loaded in an unknown way are nobody’s', () => {
    expect(
      ownersOf({ required: { 'jest-util': ['chalk'], '/project/node_modules/chalk/other.js': [] } }),
    ).toMatchObject({ chalk: undefined })
  })

  test('that need each other are judged by who else needs them', () => {
    const required = { 'jest-util': ['a'], a: ['b'], b: ['a'] }
    expect(ownersOf({ required })).toMatchObject({ a: 'jest', b: 'jest' })
    const theirs = { ...required, '/project/setup.js': ['b'] }
    expect(ownersOf({ required: theirs })).toMatchObject({ a: undefined, b: undefined })
  })
})
