import { describe, expect, test } from '@jest/globals'
import { toolsOwn } from '../../src/collect/tools-own.js'

const at = (name: string) => `/project/node_modules/${name}/index.js`

interface Drawn {
  /** Required files or packages, by the file or package that requires them. */
  readonly required: Readonly<Record<string, readonly string[]>>
  /** Declared dependencies by package; by default all that a package requires. */
  readonly needed?: Readonly<Record<string, readonly string[]>>
  /** Packages that are transformers of the project. */
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

describe('toolsOwn: the owner of a package outside the sandbox', () => {
  test('is Jest for packages that only Jest needs, and for their dependencies', () => {
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

  test('is undefined for packages that the project or its packages require as well', () => {
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

  test('is undefined for packages that Jest loads for the project, and for what test environments are made of', () => {
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

  test('is "transform" for the project’s transformers, which are known by their calls and not by their names', () => {
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

  test('is "transform" for a package that a transformer loads without declaring it', () => {
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

  test('follows from who requires a package, even if its name is that of a transformer', () => {
    const required = { 'jest-message-util': ['@babel/code-frame'], '/project/environment.js': ['typescript'] }
    expect(ownersOf({ required })).toMatchObject({ '@babel/code-frame': 'transform', typescript: undefined })
  })

  test('is "transform" for a transformer’s package that a sandboxed module of Jest loads', () => {
    const file = at('@babel/core')
    const loadedFor = (filename: string) =>
      toolsOwn({ [file]: { children: [], parent: { filename } } }, { readManifest: () => ({}) })(file)
    expect(loadedFor(at('jest-snapshot'))).toBe('transform')
    expect(loadedFor('/project/src/compile.js')).toBeUndefined()
  })

  test('is "transform" for packages that only transformers need', () => {
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

  test('is undefined for a package with a file whose importer is unknown', () => {
    expect(
      ownersOf({ required: { 'jest-util': ['chalk'], '/project/node_modules/chalk/other.js': [] } }),
    ).toMatchObject({ chalk: undefined })
  })

  test('follows from the other importers when packages need each other', () => {
    const required = { 'jest-util': ['a'], a: ['b'], b: ['a'] }
    expect(ownersOf({ required })).toMatchObject({ a: 'jest', b: 'jest' })
    const theirs = { ...required, '/project/setup.js': ['b'] }
    expect(ownersOf({ required: theirs })).toMatchObject({ a: undefined, b: undefined })
  })
})
