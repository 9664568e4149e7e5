// Uses fake runtimes in both of Jest's layouts, with only the observed methods; test/jest/runtime.test.ts uses real ones.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { temporaryFolder } from '../../support/temporary-folder.js'

let now = 0
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({ monotonicMicros: () => now }))
let loaded = 0
let claimed = 0
const loadingClock = {
  get micros() {
    return loaded
  },
  claim() {
    const unclaimed = loaded - claimed
    claimed = loaded
    return unclaimed
  },
  callBegins: () => undefined,
  callEnds: () => undefined,
}
jest.unstable_mockModule('../../../src/collect/modules/loading-clock.js', () => ({ loadingClock }))
const { endObservation, observeRuntime } = await import('../../../src/jest/runtime.js')
const { RuntimeLog } = await import('../../../src/collect/modules/runtime-log.js')

const [SETUP, TEST, A, B] = ['/p/setup.js', '/p/a.test.ts', '/p/a.js', '/p/b.js'] as const

interface Options {
  isInternalModule?: boolean
  supportsStaticESM?: boolean
}

type Require = (to: string) => unknown
/** What a module does when it runs. */
type Bodies = Record<string, (require: Require) => unknown>

interface Runtime {
  requireModule(from: string, to?: string, options?: Options): unknown
  requireInternalModule(from: string, to?: string): unknown
  unstable_importModule(from: string, to?: string): Promise<unknown>
}

interface RuntimeClass {
  readonly prototype: object
  new (bodies: Bodies): Runtime
}

/** Resolving takes 1 µs, transforming 3 (100 without the cache on disk), compiling 2. */
const spend = (micros: number) => {
  now += micros
}

function resolvePath(to: string): string {
  spend(1)
  if (to.startsWith('missing')) throw new Error(`Cannot find module ${to}`)
  return to
}

function transformerClass() {
  return class {
    readonly #memory = new Set<string>()

    _getTransformPath(path: string) {
      return path.endsWith('.ts') ? '/p/transformer.js' : undefined
    }

    _getCacheKey() {
      return ''
    }

    shouldTransform(path: string) {
      return !path.includes('node_modules')
    }

    _buildTransformResult(_path: string) {
      spend(97)
    }

    transformSource(path: string) {
      return this.#code(path)
    }

    async transformSourceAsync(path: string) {
      await Promise.resolve()
      return this.#code(path)
    }

    #code(path: string) {
      spend(3)
      if (path.includes('ill-typed')) this.#fail()
      if (path.includes('loads')) this.#load()
      if (path.includes('cold')) this._buildTransformResult(path)
      return { code: path }
    }

    /** Throws before there is a result, as ts-jest does for type errors. */
    #fail() {
      spend(200)
      throw new Error('from the transformer')
    }

    #load() {
      spend(500)
      loaded += 500
    }

    /** Does not transform a file in memory again, like Jest. */
    transform(path: string) {
      if (!this.#memory.has(path)) this.transformSource(path)
      this.#memory.add(path)
      return path
    }

    async transformAsync(path: string) {
      if (!this.#memory.has(path)) await this.transformSourceAsync(path)
      this.#memory.add(path)
      return path
    }
  }
}

/** The layout until Jest 30.3: one class. */
function classicRuntime(): RuntimeClass {
  const Transformer = transformerClass()
  return class {
    readonly _scriptTransformer = new Transformer()
    readonly #bodies: Bodies
    readonly #registry = new Set<string>()

    constructor(bodies: Bodies) {
      this.#bodies = bodies
    }

    requireInternalModule(from: string, to?: string) {
      return this.requireModule(from, to, { isInternalModule: true })
    }

    requireModuleOrMock(from: string, to: string) {
      return this.requireModule(from, to)
    }

    requireMock() {}

    _generateMock() {}

    requireModule(from: string, to?: string, options?: Options): unknown {
      const path = to === undefined ? from : this._resolveCjsModule(from, to)
      if (this.#registry.has(path)) return path
      this.#registry.add(path)
      return this._loadModule({}, from, to, path, options, this.#registry)
    }

    _loadModule(
      _module: object,
      _from: string,
      _to: string | undefined,
      path: string,
      options: Options | undefined,
      registry: unknown,
    ) {
      if (registry !== this.#registry) throw new Error('the registry was not passed on')
      this.createScriptFromCode(this.transformFile(path, options), path)
      return this.#bodies[path]?.(to => this.requireModule(path, to))
    }

    async unstable_importModule(from: string, to?: string) {
      const path = to === undefined ? from : this._resolveModule(from, to)
      await this.transformFileAsync(path, { supportsStaticESM: true })
      const imported: string[] = []
      await this.#bodies[path]?.(to => imported.push(to))
      for (const to of imported) await this.unstable_importModule(path, to)
      return path
    }

    _resolveCjsModule(_from: string, to: string) {
      return resolvePath(to)
    }

    _resolveModule(_from: string, to: string) {
      return resolvePath(to)
    }

    transformFile(path: string, _options?: Options) {
      return this._scriptTransformer.transform(path)
    }

    transformFileAsync(path: string, _options?: Options) {
      return this._scriptTransformer.transformAsync(path)
    }

    createScriptFromCode(source: string, path: string) {
      spend(2)
      if (path.includes('no-script')) throw new SyntaxError('from the compiler')
      return source
    }
  }
}

/** The layout from Jest 30.4 on: the runtime has parts. */
function splitRuntime(): RuntimeClass {
  const Transformer = transformerClass()
  class Resolution {
    resolveCjs(_from: string, to: string) {
      return resolvePath(to)
    }
    resolveEsm(_from: string, to: string) {
      return resolvePath(to)
    }
    async resolveEsmAsync(_from: string, to: string) {
      return resolvePath(to)
    }
  }
  class TransformCache {
    readonly scriptTransformer = new Transformer()
    transform(path: string, _options?: Options) {
      return this.scriptTransformer.transform(path)
    }
    transformAsync(path: string, _options?: Options) {
      return this.scriptTransformer.transformAsync(path)
    }
  }
  class Executor {
    compile(source: string, path: string) {
      spend(2)
      if (path.includes('no-script')) throw new SyntaxError('from the compiler')
      return source
    }
  }
  class CjsLoader {
    readonly #runtime: SplitRuntime
    constructor(runtime: SplitRuntime) {
      this.#runtime = runtime
    }
    loadModule(_module: object, _from: string, _to: string | undefined, path: string, options?: Options) {
      const { transformCache, executor, bodies } = this.#runtime
      executor.compile(transformCache.transform(path, options), path)
      return bodies[path]?.(to => this.#runtime.requireModule(path, to))
    }
  }
  class EsmLoader {
    readonly #transformCache: TransformCache
    constructor(transformCache: TransformCache) {
      this.#transformCache = transformCache
    }
    tryLoadGraphSync(path: string) {
      this.#transformCache.transform(path, { supportsStaticESM: true })
      return 'load-async'
    }
  }
  class SplitRuntime {
    readonly _resolution = new Resolution()
    readonly transformCache = new TransformCache()
    readonly esmLoader = new EsmLoader(this.transformCache)
    readonly executor = new Executor()
    readonly cjsLoader = new CjsLoader(this)
    readonly bodies: Bodies
    readonly #registry = new Set<string>()

    constructor(bodies: Bodies) {
      this.bodies = bodies
    }

    requireInternalModule(from: string, to?: string) {
      return this.requireModule(from, to, { isInternalModule: true })
    }

    requireModuleOrMock(from: string, to: string) {
      return this.requireModule(from, to)
    }

    requireMock() {}

    _generateMock() {}

    _requireMockWithId() {}

    requireModule(from: string, to?: string, options?: Options): unknown {
      const path = to === undefined ? from : this._resolution.resolveCjs(from, to)
      if (this.#registry.has(path)) return path
      this.#registry.add(path)
      return this.cjsLoader.loadModule({}, from, to, path, options)
    }

    async unstable_importModule(from: string, to?: string) {
      const path = to === undefined ? from : await this._resolution.resolveEsmAsync(from, to)
      if (path.includes('awaits')) this.esmLoader.tryLoadGraphSync(path)
      await this.transformCache.transformAsync(path, { supportsStaticESM: true })
      const imported: string[] = []
      await this.bodies[path]?.(to => imported.push(to))
      for (const to of imported) await this.unstable_importModule(path, to)
      return path
    }
  }
  return SplitRuntime
}

interface Parts {
  readonly scriptTransformer: object
}

/** The config of a project whose runner finds a jest-runtime that exports the class `runtime`. */
function projectWith(exported: string, runtime: unknown) {
  const modules = join(temporaryFolder(), 'node_modules')
  const folder = join(modules, 'jest-runtime')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.js'), `${exported} = globalThis.fakeRuntime\n`)
  Object.assign(globalThis, { fakeRuntime: runtime })
  return { runner: join(modules, 'jest-runner/build/index.js'), rootDir: '/nowhere' }
}

function observer() {
  const entries: string[] = []
  const told = new RuntimeLog({
    entryBegins: path => entries.push(`begins ${path} ${now}`),
    entryEnds: path => entries.push(`ends ${path} ${now}`),
  })
  const modules = () => told.columns(0).modules ?? fail('the modules are unknown')
  /** `path <- importer start-end resolve/transform/compile` for each load. */
  const shown = () => {
    const { path, loads } = modules()
    return loads.module.map((module, load) => {
      const parts = [loads.resolve[load], loads.transform[load], loads.compile[load]].join('/')
      const importer = path[loads.importer[load] ?? -1] ?? 'Jest'
      return `${path[module]} <- ${importer} ${loads.start[load]}-${loads.end[load]} ${parts}`
    })
  }
  const [transforms, failures] = [() => told.columns(0).transforms, () => told.columns(0).failedModules]
  return { told, entries, modules, transforms, failures, shown }
}

function fail(why: string): never {
  throw new Error(why)
}

beforeEach(() => {
  now = 0
})

describe.each([
  ['classic', classicRuntime],
  ['split', splitRuntime],
])('observeRuntime on a runtime of the %s layout', (_layout, makeClass) => {
  function observed(bodies: Bodies) {
    const Class = makeClass()
    const project = projectWith('exports.default', Class)
    const { told, ...rest } = observer()
    observeRuntime(project, told)
    return { ...rest, told, project, Class, runtime: new Class(bodies) }
  }

  test('recognizes every part', () => {
    const { told, runtime } = observed({})
    runtime.requireModule(A)
    expect([...told.unobservedParts]).toEqual([])
  })

  test('records each required module, with its times to resolve, transform and compile', () => {
    const bodies: Bodies = {
      [TEST]: require => {
        spend(10)
        require(A)
        require(B)
      },
      [A]: require => {
        spend(20)
        require(B)
      },
      [B]: () => spend(30),
    }
    const { runtime, shown, modules } = observed(bodies)
    runtime.requireModule(TEST)
    expect(shown()).toEqual([
      `${TEST} <- Jest 0-78 0/3/2`,
      `${A} <- ${TEST} 15-77 1/3/2`,
      `${B} <- ${A} 41-77 1/3/2`,
    ])
    const { path, edges } = modules()
    expect(edges.from.map((from, edge) => `${path[from]} ${path[edges.to[edge] ?? -1]}`)).toEqual([
      `${TEST} ${A}`,
      `${A} ${B}`,
      `${TEST} ${B}`,
    ])
  })

  test('records each imported module, with its importer and its transform time', async () => {
    const bodies: Bodies = { [TEST]: require => require(A), [A]: require => require(B) }
    const { runtime, shown } = observed(bodies)
    await runtime.unstable_importModule(TEST)
    expect(shown()).toEqual([
      `${TEST} <- Jest 0--1 0/3/0`,
      `${A} <- ${TEST} 4--1 0/3/0`,
      `${B} <- ${A} 8--1 0/3/0`,
    ])
  })

  test('reports the start and end of each module that Jest itself requires or imports', async () => {
    const { runtime, entries } = observed({ [SETUP]: () => spend(5), [TEST]: require => require(A) })
    runtime.requireModule(SETUP)
    await runtime.unstable_importModule(TEST)
    expect(entries).toEqual([`begins ${SETUP} 0`, `ends ${SETUP} 10`, `begins ${TEST} 10`, `ends ${TEST} 17`])
  })

  test('ignores Jest’s internal modules', () => {
    const { runtime, entries, shown } = observed({})
    runtime.requireInternalModule('/p/node_modules/jest-circus/build/index.js')
    expect([entries, shown()]).toEqual([[], []])
  })

  test('passes results through', async () => {
    const { runtime } = observed({ [A]: () => 'exports' })
    expect(runtime.requireModule(A)).toBe('exports')
    await expect(runtime.unstable_importModule(B)).resolves.toBe(B)
  })

  test('passes errors through, and leaves nothing open', async () => {
    const bodies: Bodies = {
      [TEST]: require => {
        spend(5)
        require(A)
      },
      [A]: () => {
        throw new Error('from the body')
      },
      [B]: load => load('missing-module'),
      [SETUP]: async () => {
        throw new Error('from the import')
      },
    }
    const { runtime, entries, shown } = observed(bodies)
    expect(() => runtime.requireModule(TEST)).toThrow('from the body')
    expect(() => runtime.requireModule(B)).toThrow('Cannot find module missing-module')
    await expect(runtime.unstable_importModule(SETUP)).rejects.toThrow('from the import')
    await expect(runtime.unstable_importModule(A, 'missing-module')).rejects.toThrow('Cannot find module')
    expect(shown().slice(0, 3)).toEqual([
      `${TEST} <- Jest 0-16 0/3/2`,
      `${A} <- ${TEST} 10-16 1/3/2`,
      `${B} <- Jest 16-22 0/3/2`,
    ])
    expect(entries.map(entry => entry.split(' ', 2).join(' '))).toEqual([
      ...[`begins ${TEST}`, `ends ${TEST}`, `begins ${B}`, `ends ${B}`, `begins ${SETUP}`, `ends ${SETUP}`],
    ])
  })

  test('records transforms and misses of the disk cache, but no files from memory', async () => {
    const { runtime, transforms } = observed({
      [TEST]: load => {
        load('/p/cold.ts')
        load('/p/node_modules/dependency/index.ts')
      },
    })
    runtime.requireModule(TEST)
    await runtime.unstable_importModule(TEST)
    await runtime.unstable_importModule('/p/cold-too.ts')
    expect(transforms()).toEqual([
      {
        ...{ transformer: '/p/transformer.js', extension: '.ts', files: 3, misses: 2 },
        ...{ micros: 203, missMicros: 200, loadMicros: 0, missLoadMicros: 0, uncached: 0 },
      },
      {
        transformer: null,
        extension: '.ts',
        files: 1,
        misses: 0,
        micros: 3,
        missMicros: 0,
        loadMicros: 0,
        missLoadMicros: 0,
        uncached: 0,
      },
    ])
  })

  test('records what a transformer loads as its own load, outside the time of the module being transformed', async () => {
    const { runtime, transforms, modules, shown } = observed({
      [TEST]: load => {
        spend(10)
        load('/p/loads.ts')
      },
    })
    runtime.requireModule(TEST)
    await runtime.unstable_importModule('/p/loads-too.ts')
    expect(shown()).toEqual([
      `${TEST} <- Jest 0-521 0/3/2`,
      `/p/loads.ts <- ${TEST} 15-521 1/3/2`,
      '/p/transformer.js <- Jest 16-516 0/0/0',
      '/p/transformer.js <- Jest 521-1021 0/0/0',
      '/p/loads-too.ts <- Jest 521--1 0/3/0',
    ])
    expect(modules()).toMatchObject({ transformers: [2], loads: { within: [-1, 0, 1, -1, -1] } })
    expect(transforms()).toMatchObject([{ files: 3, micros: 9, loadMicros: 1000 }])
  })

  test('records each attempt at a module that fails to load, but no module that only passes the error on', async () => {
    const attempt = (load: Require, path: string) => {
      try {
        load(path)
      } catch {
        spend(1)
      }
    }
    const bodies: Bodies = {
      [TEST]: load => {
        attempt(load, A)
        attempt(load, 'missing-module')
        attempt(load, 'missing-module')
        load(SETUP)
      },
      [SETUP]: load => load(B),
      [A]: () => {
        throw new Error('from the body')
      },
      [B]: () => {
        throw new Error('from within')
      },
    }
    const { runtime, failures } = observed(bodies)
    expect(() => runtime.requireModule(TEST)).toThrow('from within')
    await expect(runtime.unstable_importModule(A, 'missing-import')).rejects.toThrow('Cannot find module')
    expect(failures()).toEqual([
      { module: A, isResolved: true, tries: 1, micros: 6, importers: [TEST], error: 'from the body' },
      {
        ...{ module: 'missing-module', isResolved: false, tries: 2, micros: 2, importers: [TEST] },
        error: 'Cannot find module missing-module',
      },
      { module: B, isResolved: true, tries: 1, micros: 6, importers: [SETUP], error: 'from within' },
      {
        ...{ module: 'missing-import', isResolved: false, tries: 1, micros: 1, importers: [A] },
        error: 'Cannot find module missing-import',
      },
    ])
  })

  test('records failed transforms and compilations with their time', async () => {
    const { runtime, transforms, shown } = observed({})
    expect(() => runtime.requireModule('/p/ill-typed.ts')).toThrow('from the transformer')
    await expect(runtime.unstable_importModule('/p/ill-typed.ts')).rejects.toThrow('from the transformer')
    expect(() => runtime.requireModule('/p/no-script.js')).toThrow('from the compiler')
    expect(transforms()).toMatchObject([
      {
        extension: '.ts',
        files: 2,
        misses: 2,
        micros: 406,
        missMicros: 406,
        loadMicros: 0,
        missLoadMicros: 0,
        uncached: 0,
      },
      { extension: '.js', files: 1, misses: 0 },
    ])
    expect(shown()).toEqual([
      '/p/ill-typed.ts <- Jest 0-203 0/203/0',
      '/p/ill-typed.ts <- Jest 203--1 0/203/0',
      '/p/no-script.js <- Jest 406-411 0/3/2',
    ])
  })

  test('distinguishes cache hits and misses among concurrent transforms', async () => {
    const { runtime, transforms } = observed({})
    await Promise.all([
      runtime.unstable_importModule('/p/cold.ts'),
      runtime.unstable_importModule('/p/warm.ts'),
    ])
    expect(transforms()).toMatchObject([{ files: 2, misses: 1 }])
  })

  test('observes each file again, but wraps the class only once', () => {
    const first = observed({})
    const methods = Object.getOwnPropertyDescriptors(first.Class.prototype)
    endObservation(first.told)
    const second = observer()
    observeRuntime(first.project, second.told)
    expect(Object.getOwnPropertyDescriptors(first.Class.prototype)).toEqual(methods)
    new first.Class({}).requireModule(A)
    expect([first.shown(), second.shown()]).toEqual([[], [`${A} <- Jest 0-5 0/3/2`]])
  })

  test('only passes calls through when the observation has ended', () => {
    const { runtime, told, entries, shown, transforms } = observed({
      [A]: require => require(B),
      [B]: () => 'b',
    })
    endObservation(told)
    expect(runtime.requireModule(A)).toBe('b')
    expect([entries, shown(), transforms()]).toEqual([[], [], []])
  })

  test('reports the script transformer at the first load, even of an internal module', () => {
    const { runtime, told, project } = observed({})
    const parts = runtime as unknown as { _scriptTransformer?: object; transformCache?: Parts }
    const scriptTransformer = parts._scriptTransformer ?? parts.transformCache?.scriptTransformer
    const later = observer()
    runtime.requireInternalModule('/jest/circus.js')
    observeRuntime(project, later.told)
    runtime.requireModule(A)
    expect(scriptTransformer).toBeDefined()
    expect(told.scriptTransformer).toBe(scriptTransformer)
    expect(later.told.scriptTransformer).toBe(scriptTransformer)
  })

  test('keeps an observation running when an earlier one ends', () => {
    const { told, project, Class } = observed({})
    const next = observer()
    observeRuntime(project, next.told)
    endObservation(told)
    new Class({}).requireModule(A)
    expect(next.entries).toEqual([`begins ${A} 0`, `ends ${A} 5`])
  })
})

test('the extra time of a transformer’s first call is recorded as a load of the transformer', () => {
  const { told, modules } = observer()
  const project = {}
  const load = (path: string, micros: number) => {
    const begun = told.modules.begin(path, null)
    const transformed = told.transformBegins(path, 'CommonJS')
    const end = told.transformerBegins()
    spend(micros)
    end(() => ({
      ...{ path, size: 1, transformer: '/p/transformer.js', missed: true, isCached: true, project },
    }))
    transformed()
    told.modules.end(begun)
  }
  load('/p/first.ts', 9)
  load('/p/second.ts', 3)
  expect(modules().loads.transform).toEqual([9, 3])
  told.end()
  const { loads, transformers, path } = modules()
  expect(path).toEqual(['/p/first.ts', '/p/second.ts', '/p/transformer.js'])
  expect(transformers).toEqual([2])
  expect(loads).toMatchObject({ module: [0, 1, 2], within: [-1, -1, 0], start: [0, 9, 0], end: [9, 12, 6] })
  expect(loads.transform).toEqual([3, 3, 0])
})

test('a module with top-level await is recorded once, even though Jest first tries to load it without', async () => {
  const Split = splitRuntime()
  const { told, shown } = observer()
  observeRuntime(projectWith('exports.default', Split), told)
  const runtime = new Split({})
  await runtime.unstable_importModule('/p/awaits.mjs')
  expect(shown()).toEqual(['/p/awaits.mjs <- Jest 0--1 0/3/0'])
  endObservation(told)
  await expect(runtime.unstable_importModule('/p/awaits.mjs')).resolves.toBe('/p/awaits.mjs')
})

describe('observeRuntime', () => {
  test('observes a runtime that is the module itself, and one that the config names', () => {
    const Classic = classicRuntime()
    const project = projectWith('module.exports', Classic)
    const first = observer()
    observeRuntime(project, first.told)
    new Classic({}).requireModule(A)
    expect(first.entries).toHaveLength(2)
    const named = classicRuntime()
    const path = join(projectWith('exports.default', named).runner, '../../../jest-runtime/index.js')
    const { told, entries } = observer()
    observeRuntime({ ...project, runtime: path }, told)
    new named({}).requireModule(A)
    expect(entries).toHaveLength(2)
  })
})
