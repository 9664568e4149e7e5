// The layers of src/, checked by its import lines.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url))

interface Import {
  /** Path in src/ without its extension, or the name of a built-in or package. */
  target: string
  /** Whether the import loads a module at run time. */
  isValue: boolean
}

/** Modules of src/ by their path without extension. */
const modules = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\.tsx?$/.test(path))
    .map(path => [path.replace(/\.tsx?$/, ''), importsOf(path)] as const),
)

function importsOf(path: string): Import[] {
  const text = readFileSync(join(SOURCE, path), 'utf8')
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?([^'"]*?from\s+)?['"]([^'"]+)['"]/gm)
  return [...statements].map(([, type, names = '', specifier = '']) => {
    const inner = /\{([^}]*)\}/.exec(names)?.[1]
    const onlyTypes = inner?.split(',').every(name => name.trim() === '' || name.trim().startsWith('type '))
    const target = specifier.startsWith('.')
      ? posix.join(dirname(path), specifier).replace(/\.js$/, '')
      : specifier
    return {
      target,
      isValue: type === undefined && !(onlyTypes === true && /^\s*\{[^}]*\}\s*from\s+$/.test(names)),
    }
  })
}

const FOLDERS = new Set([...modules.keys()].map(path => path.split('/')[0] ?? ''))

const isBuiltIn = (target: string) => target.startsWith('node:')
const isOwn = (target: string) => modules.has(target)
/** Any folder may ask where this package's files are, except what runs in a browser. */
const OWN_FILES = 'own-files'
/** Any folder that may use packages may use globs. */
const GLOBS = 'globs'

/** What a folder may import other than itself and built-ins: prefixes of modules of src/, and packages. */
const LAYERS: Record<
  string,
  { own: string[]; packages: 'any' | 'none'; typesOf?: RegExp; browser?: RegExp }
> = {
  profile: { own: [], packages: 'none' },
  schema: { own: [], packages: 'none' },
  recording: { own: ['schema/', 'profile/'], packages: 'none' },
  // Everything that is private to Jest: only errors are below it.
  jest: { own: ['errors/user-error'], packages: 'none', typesOf: /^@jest\/(environment|types)$/ },
  collect: {
    own: ['jest/', 'recording/', 'profile/columns', 'profile/time-spans', 'errors/user-error'],
    packages: 'none',
    typesOf: /^@jest\/(environment|types)$/,
  },
  // Runs before Jest: the reporter or an environment loads everything that is expensive to load.
  launch: {
    own: [
      'collect/profiled-environment',
      'collect/run-link',
      'configure/path-pattern',
      'configure/display-root',
      'jest/',
      'options/options',
      'errors/user-error',
    ],
    packages: 'none',
    typesOf: /^@jest\/types$/,
  },
  resolve: {
    own: ['profile/', 'recording/', 'collect/tool-packages', 'jest/frames', 'jest/packages'],
    packages: 'any',
  },
  memory: { own: ['profile/', 'recording/memory-names'], packages: 'any' },
  attribution: {
    own: ['resolve/', 'profile/', 'recording/', 'jest/frames', 'jest/called-frames'],
    packages: 'any',
  },
  report: {
    own: ['attribution/', 'profile/', 'resolve/', 'recording/', 'jest/called-frames'],
    packages: 'any',
  },
  findings: {
    own: [
      'report/',
      'attribution/',
      'profile/',
      'resolve/',
      'recording/',
      'jest/frames',
      'jest/called-frames',
      'jest/matchers',
    ],
    packages: 'any',
  },
  tables: { own: ['report/', 'profile/'], packages: 'none' },
  formats: {
    own: [
      'tables/',
      'compare/comparison',
      'compare/calls',
      'doctor/answer',
      'report/',
      'profile/',
      'recording/',
      'jest/agents',
      'errors/user-error',
    ],
    packages: 'any',
  },
  budgets: {
    own: ['report/', 'profile/', 'attribution/costliest-modules', 'recording/'],
    packages: 'any',
  },
  ci: { own: ['report/', 'formats/', 'profile/columns', 'recording/recording-file'], packages: 'none' },
  compare: { own: ['report/', 'profile/'], packages: 'any' },
  // The page runs in the browser: it shares types with the rest, and the few functions that do not need Node.
  page: {
    own: [
      'formats/html/page-data',
      'formats/comparison/comparison-tables',
      'formats/comparison/shown-rows',
      'formats/comparison/wording',
      'formats/doctor/doctor-tables',
      'formats/doctor/sentences',
      'doctor/answer',
      'formats/rerun-command',
      'formats/sentences',
      'tables/',
      'compare/comparison',
      'report/',
      'profile/functions',
      'profile/order',
      'profile/own-code',
      'profile/paths',
      'profile/profile',
    ],
    packages: 'none',
    browser: /^(preact(\/hooks)?|d3-array)$/,
  },
  storage: {
    own: ['schema/', 'recording/', 'report/', 'profile/', 'errors/user-error'],
    packages: 'any',
  },
  artifacts: {
    own: [
      'storage/',
      'formats/',
      'report/',
      'profile/',
      'recording/',
      'options/options',
      'errors/user-error',
    ],
    packages: 'any',
  },
  running: {
    own: ['report/views/figures', 'report/report', 'resolve/source-maps', 'profile/', 'recording/'],
    packages: 'none',
  },
  'saved-runs': {
    own: [
      'storage/',
      'findings/find',
      'budgets/check-budgets',
      'report/',
      'attribution/timeline',
      'running/',
      'resolve/',
      'profile/',
      'recording/',
      'errors/nearest',
      'errors/user-error',
    ],
    packages: 'any',
  },
  doctor: {
    own: [
      'launch/launch-jest',
      'saved-runs/load-run',
      'storage/run-folder',
      'findings/',
      'report/',
      'resolve/source-texts',
      'profile/',
      'recording/activity',
      'recording/enums',
      'jest/',
      'errors/nearest',
      'errors/user-error',
    ],
    packages: 'any',
  },
}

function forbidden(layer: string): string[] {
  const { own, packages, typesOf, browser } = LAYERS[layer] ?? { own: [], packages: 'none' }
  const isAllowed = ({ target, isValue }: Import) => {
    if (target === OWN_FILES) return browser === undefined
    if (target === GLOBS) return packages === 'any'
    if (isOwn(target)) {
      return [`${layer}/`, ...own].some(prefix => target === prefix || target.startsWith(prefix))
    }
    if (browser !== undefined) return browser.test(target)
    if (isBuiltIn(target) || packages === 'any') return true
    return !isValue && typesOf?.test(target) === true
  }
  return [...modules]
    .filter(([path]) => path.startsWith(`${layer}/`))
    .flatMap(([path, imports]) =>
      imports.filter(entry => !isAllowed(entry)).map(({ target }) => `${path} imports ${target}`),
    )
}

describe('The layers of src/', () => {
  test.each(Object.keys(LAYERS))('let %s import only layers below it', layer => {
    expect([...modules.keys()].filter(path => path.startsWith(`${layer}/`))).not.toEqual([])
    expect(forbidden(layer)).toEqual([])
  })

  test('contain every target of a relative import', () => {
    const relative = [...modules].flatMap(([path, imports]) =>
      imports
        .filter(({ target }) => FOLDERS.has(target.split('/')[0] ?? '') && target.includes('/'))
        .map(entry => ({ path, ...entry })),
    )
    expect(relative.length).toBeGreaterThan(50)
    expect(relative.filter(({ target }) => !isOwn(target)).map(({ target }) => target)).toEqual([])
  })

  test('let modules that environments load import no package, and of the model only columns and spans of time', () => {
    const reached = new Set([
      ...['environment', 'node', 'jsdom'],
      ...['launch/worker', 'collect/profiled-environment'],
      // Loaded when they are needed.
      ...['collect/engines/v8-profiler-next', 'collect/late-parts'],
      ...['collect/memory/allocation-log', 'collect/memory/sandbox-watch'],
      ...['collect/states/thread-states', 'collect/stalls/watch-thread', 'collect/memory/heap-watch'],
    ])
    const outside = new Set<string>()
    for (const path of reached) {
      for (const { target, isValue } of modules.get(path) ?? []) {
        if (!isValue || isBuiltIn(target)) continue
        if (isOwn(target)) reached.add(target)
        else outside.add(`${path} imports ${target}`)
      }
    }
    expect([...outside]).toEqual([])
    expect([...reached]).toContain('collect/recorder')
    expect(
      [...reached].filter(path =>
        /^(schema|profile|resolve|attribution|report|formats|storage|artifacts|run)\//.test(path),
      ),
    ).toEqual(['profile/columns', 'profile/time-spans'])
    // A worker loads only the names and the writer of recordings: types load nothing, and only readers validate.
    const recording = [...reached].filter(path => path.startsWith('recording/'))
    expect(recording.toSorted()).toEqual([
      'recording/activity',
      'recording/enums',
      'recording/handle-note',
      'recording/heap-note',
      'recording/memory-names',
      'recording/recording-file',
      'recording/whereabouts',
    ])
  })

  test('let the page load no module of Node', () => {
    const reached = new Set(['page/main'])
    const builtIns = new Set<string>()
    for (const path of reached) {
      for (const { target, isValue } of modules.get(path) ?? []) {
        if (!isValue) continue
        if (isBuiltIn(target)) builtIns.add(`${path} imports ${target}`)
        if (isOwn(target)) reached.add(target)
      }
    }
    expect([...builtIns]).toEqual([])
    expect([...reached]).toEqual(
      expect.arrayContaining([
        'page/app',
        'page/comparison/comparison-app',
        'report/views/figures',
        'page/flame/flame-tree',
      ]),
    )
  })

  test('are read from import lines that distinguish types from values', () => {
    const engine = modules.get('collect/session')?.find(({ target }) => target === 'collect/engines/engine')
    expect(engine).toEqual({ target: 'collect/engines/engine', isValue: false })
    const clock = modules.get('collect/session')?.find(({ target }) => target === 'collect/clock')
    expect(clock?.isValue).toBe(true)
  })
})
