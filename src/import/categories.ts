// Whose code a frame is, by its file and by who called it.

import type { Category } from '../profile/profile.js'

/** What categorizing needs to know of a frame as V8 recorded it. */
export interface CategorizedFrame {
  readonly name: string
  /** Absolute path with `/`, `node:…`, other URL, or `''`. */
  readonly file: string
  /** 1-based; 0 where V8 knows no position. */
  readonly line: number
}

export interface CategoryContext {
  readonly testPath: string
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
}

const META: Readonly<Record<string, Category>> = {
  '(root)': 'program',
  '(program)': 'program',
  '(idle)': 'idle',
  '(garbage collector)': 'gc',
}

// The packages of Jest's repository in 29 and 30 that run beside a test. Not every `jest-…` is Jest's.
const JEST_PACKAGES = new Set(
  `jest expect diff-sequences pretty-format create-cache-key-function
  jest-changed-files jest-circus jest-cli jest-config jest-console jest-diff jest-docblock jest-each
  jest-environment-jsdom jest-environment-node jest-get-type jest-haste-map jest-jasmine2 jest-leak-detector
  jest-matcher-utils jest-message-util jest-mock jest-phabricator jest-regex-util jest-repl jest-resolve
  jest-resolve-dependencies jest-runner jest-runtime jest-schemas jest-serializer jest-snapshot jest-util
  jest-validate jest-watcher jest-worker`.split(/\s+/),
)

const TRANSFORM_PACKAGES = new Set(
  `@jest/transform babel-jest ts-jest typescript esbuild esbuild-jest sucrase metro-react-native-babel-transformer
  source-map source-map-support babel-plugin-istanbul babel-plugin-jest-hoist babel-preset-jest coffeescript
  vue-jest svelte-jester jest-preset-angular`.split(/\s+/),
)

/** Package of a file in `node_modules`, in npm's, pnpm's and Yarn's layouts: the innermost one counts. */
export function packageOf(file: string): string | undefined {
  const from = file.lastIndexOf('/node_modules/')
  if (from < 0) return undefined
  const [scope, name] = file.slice(from + '/node_modules/'.length).split('/')
  return scope?.startsWith('@') && name !== undefined ? `${scope}/${name}` : scope
}

/**
 * A transformer's callees belong to it, whatever they are. Code without a file is its caller's when it has a position,
 * for then it was evaluated at run time, else the engine's own.
 */
export function categorize(
  { name, file, line }: CategorizedFrame,
  caller: Category | undefined,
  { testPath, profilerDirectory }: CategoryContext,
): Category {
  const meta = file === '' ? META[name] : undefined
  if (meta !== undefined) return meta
  if (file !== '' && file.startsWith(profilerDirectory)) return 'profiler'
  if (caller === 'transform') return 'transform'
  if (file.startsWith('node:')) return 'node'
  if ((file === '' && line === 0) || file.startsWith('wasm:')) return 'native'
  if (file === testPath) return 'test'
  const isPath = file.startsWith('/') || /^[A-Za-z]:\//.test(file)
  if (!isPath) return caller === undefined || caller === 'program' ? 'source' : caller
  return categoryOfPackage(packageOf(file))
}

/** Whose code a module of the sandbox is. */
export function categoryOfModule(file: string, testPath: string): Category {
  return file === testPath ? 'test' : categoryOfPackage(packageOf(file))
}

/** Whether a file is Jest's or a transformer's, whose published code is nobody's to change. */
export function isTool(file: string): boolean {
  const category = categoryOfPackage(packageOf(file))
  return category === 'jest' || category === 'transform'
}

function categoryOfPackage(name: string | undefined): Category {
  if (name === undefined) return 'source'
  if (TRANSFORM_PACKAGES.has(name) || /^(@babel|@swc)\//.test(name)) return 'transform'
  if (name === 'jest-profiler') return 'profiler'
  if (JEST_PACKAGES.has(name) || name.startsWith('@jest/')) return 'jest'
  return 'dependency'
}
