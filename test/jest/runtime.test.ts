// Uses the runtimes of real Jest versions, and classes of other layouts. test/collect/modules/runtime-log.test.ts checks times.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { endObservation, observeRuntime } from '../../src/jest/runtime.js'
import type { RuntimeObserver } from '../../src/jest/runtime-observer.js'
import { runtimeOf } from '../support/jest-runtime.js'
import { JESTS, type JestOfTests } from '../support/jests.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** An observer that logs its calls, with file names instead of paths. */
function listener() {
  const lines: string[] = []
  const name = (path: string | null) => path?.split('/').at(-1) ?? 'Jest'
  const told: RuntimeObserver = {
    now: () => 0,
    entries: {
      entryBegins: path => lines.push(`entry ${name(path)}`),
      entryEnds: path => lines.push(`entry ends ${name(path)}`),
    },
    requests: {
      begins: from => lines.push(`${name(from)} requests`),
      ends: () => lines.push('request ends'),
      mockFound: () => lines.push('mock found'),
      mockingBegins: () => lines.push('mocking'),
      mockingEnds: from => lines.push(`mocking ends ${name(from)}`),
    },
    modules: {
      begin: (path, importer) => lines.push(`${name(importer)} loads ${name(path)}`),
      end: () => lines.push('load ends'),
      resolved: (from, to) => lines.push(`${name(from)} resolves ${name(to)}`),
      linked: (from, to) => lines.push(`${name(from)} links ${name(to)}`),
      graphBegins: () => lines.push('graph'),
      graphEnds: () => lines.push('graph ends'),
    },
    internalLoaded: path => lines.push(`internal ${name(path)}`),
    requestNotFound: ({ from, to }) => lines.push(`${name(from)} does not find ${to}`),
    loadFails: (_load, { path }) => lines.push(`load fails ${name(path)}`),
    notResolved: ({ from, to }) => lines.push(`${name(from)} cannot resolve ${to}`),
    transformBegins: (path, kind) => {
      lines.push(`transform ${name(path)} as ${kind}`)
      return () => undefined
    },
    compiled: path => lines.push(`compiled ${name(path)}`),
    transformsWith: transformer => lines.push(`transforms with ${transformer.constructor.name}`),
    transformerBegins: () => describe => {
      const { path, missed, isCached, transformer } = describe()
      lines.push(`transformer ${transformer} ${name(path)} missed: ${missed}, cached: ${isCached}`)
    },
    cacheMissed: ({ path }) => lines.push(`cache missed ${name(path)}`),
    unobserved: what => lines.push(`unobserved ${what}`),
  }
  return { lines, told }
}

let last: RuntimeObserver | undefined
afterEach(() => {
  if (last !== undefined) endObservation(last)
})

/** The observer's log while a runtime runs the entry file of a new project. */
async function toldOf(jest: JestOfTests, files: Record<string, string>, entry = 'test.js') {
  const { rootDir, create } = await runtimeOf(jest, files)
  const { lines, told } = listener()
  last = told
  observeRuntime(jest.location, told)
  const runtime = create()
  if (entry.endsWith('.mjs')) await runtime.unstable_importModule(join(rootDir, entry))
  else runtime.requireModule(join(rootDir, entry))
  runtime.teardown()
  return lines
}

const isTransform = (line: string) => /^transform(?:er|s with)/.test(line)

describe.each(JESTS)('observeRuntime with Jest %s', (_version, jest) => {
  test('reports each required module, from the request to the end of its load', async () => {
    const lines = await toldOf(jest, {
      'test.js': "require('./a')\nrequire('./a')",
      'a.js': 'exports.a = 1',
    })
    expect(lines.filter(line => !isTransform(line))).toEqual([
      ...['entry test.js', 'Jest loads test.js', 'transform test.js as CommonJS', 'compiled test.js'],
      ...['test.js requests', 'test.js resolves a.js', 'test.js loads a.js', 'transform a.js as CommonJS'],
      ...['compiled a.js', 'load ends', 'request ends'],
      ...['test.js requests', 'test.js resolves a.js', 'request ends'],
      ...['load ends', 'entry ends test.js'],
    ])
  })

  test('reports missing modules, and modules that throw', async () => {
    const lines = await toldOf(jest, {
      'test.js': "for (const name of ['./missing', './throws']) try { require(name) } catch {}",
      'throws.js': "throw new Error('no')",
    })
    expect(lines).toContain('test.js does not find ./missing')
    expect(lines).toContain('load fails throws.js')
    expect(lines.filter(line => line === 'request ends')).toHaveLength(2)
  })

  test('reports mocks that are made, and mocks that exist', async () => {
    const lines = await toldOf(jest, {
      'test.js': "jest.mock('./a')\njest.mock('./b', () => 2)\nrequire('./a')\nrequire('./b')",
      'a.js': 'exports.a = () => 1',
      'b.js': '',
    })
    const inOrder = lines.filter(line => /^mock|loads|requests$/.test(line))
    expect(inOrder.filter((line, index) => line !== inOrder[index - 1])).toEqual([
      ...['Jest loads test.js', 'test.js requests', 'mock found', 'mocking', 'test.js loads a.js'],
      ...['mocking ends test.js', 'test.js requests', 'mock found'],
    ])
  })

  test('reports ES modules and their imports', async () => {
    const files = { 'test.mjs': "import './a.mjs'", 'a.mjs': 'export const a = 1' }
    const lines = await toldOf(jest, files, 'test.mjs')
    expect(lines).toContain('transform test.mjs as ES module')
    expect(lines).toContain('test.mjs links a.mjs')
    expect(lines).toContain('transform a.mjs as ES module')
    expect([lines[1], lines.at(-1)]).toEqual(['entry test.mjs', 'entry ends test.mjs'])
  })

  test('reports the script transformer first, and leaves nothing unobserved', async () => {
    const lines = await toldOf(jest, { 'test.js': '' })
    expect(lines[0]).toBe('transforms with ScriptTransformer')
    expect(lines.filter(line => line.startsWith('unobserved'))).toEqual([])
  })
})

describe('observeRuntime with an unknown runtime', () => {
  /** The config of a project whose runtime is a class with the given body. */
  function projectWith(body: string) {
    const runtime = join(temporaryFolder(), 'runtime.js')
    writeFileSync(runtime, `exports.default = globalThis.otherRuntime = class { ${body} }`)
    return { ...JESTS[0][1].location, runtime }
  }

  function otherRuntime(): { requireModule(path: string): unknown } {
    const { otherRuntime: Class } = globalThis as unknown as {
      otherRuntime: new () => { requireModule(path: string): unknown }
    }
    return new Class()
  }

  test('reports a runtime without the known request methods as unobserved immediately', () => {
    const { lines, told } = listener()
    last = told
    observeRuntime(projectWith(''), told)
    expect(lines).toEqual(['unobserved modules', 'unobserved transforms'])
  })

  test('reports a runtime with only the request methods as unobserved at first use, and passes calls through', () => {
    const { lines, told } = listener()
    last = told
    const project = projectWith('requireModule(path) { return path } unstable_importModule() {}')
    observeRuntime(project, told)
    expect(lines).toEqual([])
    expect(otherRuntime().requireModule('/p/a.js')).toBe('/p/a.js')
    expect(lines).toEqual([
      ...['unobserved modules', 'unobserved transforms', 'entry a.js', 'entry ends a.js'],
    ])
    const next = listener()
    observeRuntime(project, next.told)
    expect(next.lines).toEqual(['unobserved modules', 'unobserved transforms'])
    endObservation(next.told)
  })

  test('reports a runtime that cannot be loaded as unobserved', () => {
    const { lines, told } = listener()
    last = told
    observeRuntime({ ...JESTS[0][1].location, runtime: '/nowhere/runtime.js' }, told)
    expect(lines).toEqual(['unobserved modules', 'unobserved transforms'])
  })
})
