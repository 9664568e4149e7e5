// Whose code a frame is, by its file and by who called it.

import { packageOf, type Tool, toolOfPackage } from '../collect/tool-packages.js'
import type { Category } from '../profile/profile.js'

export { packageOf }

/** What categorizing needs to know of a frame as V8 recorded it. */
export interface CategorizedFrame {
  readonly name: string
  /** Absolute path with `/`, `node:…`, other URL, or `''`. */
  readonly file: string
  /** 1-based; 0 where V8 knows no position. */
  readonly line: number
  /** The tool that alone uses the file's package, though it is none of its own. */
  readonly tool?: Tool | undefined
}

export interface CategoryContext {
  readonly testPath: string
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
}

// A map, for functions are called `constructor` and `toString`, too.
const META: ReadonlyMap<string, Category> = new Map([
  ['(root)', 'program'],
  ['(program)', 'program'],
  ['(idle)', 'idle'],
  ['(garbage collector)', 'gc'],
])

/**
 * A transformer's callees belong to it, whatever they are. Code without a file is its caller's when it has a position,
 * for then it was evaluated at run time, else the engine's own.
 */
export function categorize(
  { name, file, line, tool }: CategorizedFrame,
  caller: Category | undefined,
  { testPath, profilerDirectory }: CategoryContext,
): Category {
  const meta = file === '' ? META.get(name) : undefined
  if (meta !== undefined) return meta
  if (file !== '' && file.startsWith(profilerDirectory)) return 'profiler'
  if (caller === 'transform') return 'transform'
  if (file.startsWith('node:')) return 'node'
  if ((file === '' && line === 0) || file.startsWith('wasm:')) return 'native'
  if (file === testPath) return 'test'
  const isPath = file.startsWith('/') || /^[A-Za-z]:\//.test(file)
  if (!isPath) return caller === undefined || caller === 'program' ? 'source' : caller
  const category = categoryOfPackage(packageOf(file))
  return category === 'dependency' ? (tool ?? category) : category
}

/** Whose code a module of the sandbox is. */
export function categoryOfModule(file: string, testPath: string): Category {
  return file === testPath ? 'test' : categoryOfPackage(packageOf(file))
}

/** Whether a file is Jest's or a transformer's, whose published code is nobody's to change. */
export function isTool(file: string): boolean {
  const name = packageOf(file)
  return name !== undefined && toolOfPackage(name) !== undefined
}

function categoryOfPackage(name: string | undefined): Category {
  if (name === undefined) return 'source'
  if (name === 'jest-profiler') return 'profiler'
  return toolOfPackage(name) ?? 'dependency'
}
