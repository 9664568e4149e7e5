// The category of a frame, by its file and its caller.

import { packageOf, toolOfPackage } from '../collect/tool-packages.js'
import { callsTransformer, handlesStacks } from '../jest/frames.js'
import { isJestPackage } from '../jest/packages.js'
import { isAbsolutePath } from '../profile/paths.js'
import type { Category } from '../profile/profile.js'
import type { Tool } from '../recording/enums.js'

export { packageOf }

/** A frame as V8 recorded it. */
export interface CategorizedFrame {
  readonly name: string
  /** Absolute path with `/`, `node:…`, other URL, or `''`. */
  readonly file: string
  /** 1-based; 0 where V8 knows no position. */
  readonly line: number
  /** The tool, if only one uses the file's package. */
  readonly tool?: Tool | undefined
}

export interface CategoryContext {
  readonly testPath: string
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
  /** Modules of the transformers that Jest called. */
  readonly transformers?: ReadonlySet<string>
}

// A Map, because functions may be called `constructor` or `toString`.
const META: ReadonlyMap<string, Category> = new Map([
  ['(root)', 'program'],
  ['(program)', 'program'],
  ['(idle)', 'idle'],
  ['(garbage collector)', 'gc'],
  // Recorded without a profile.
  ['(blocked)', 'program'],
])

/**
 * Everything below a call of `@jest/transform` is a transform. A transformer that continues after an `await` has no
 * caller, and is recognized by its file. Code without a file belongs to its caller if it has a position, because then it
 * was evaluated at run time, or else to the engine. `caller` is undefined if no code called it.
 */
export function categorize(
  { name, file, line, tool }: CategorizedFrame,
  caller: Category | undefined,
  { testPath, profilerDirectory, transformers = NONE }: CategoryContext,
): Category {
  const meta = file === '' ? META.get(name) : undefined
  if (meta !== undefined) return meta
  if (file !== '' && file.startsWith(profilerDirectory)) return 'profiler'
  if (caller === 'transform') return 'transform'
  const work = workOfRuntime({ name, file }, caller)
  if (work !== undefined && !isOwn(file, testPath)) return work
  if (file.startsWith('node:')) return 'node'
  if ((file === '' && line === 0) || file.startsWith('wasm:')) return 'native'
  const isOutermost = caller === undefined || caller === 'program'
  if (isOutermost && (tool === 'transform' || transformers.has(file))) return 'transform'
  if (file === testPath) return 'test'
  if (!isAbsolutePath(file)) return isOutermost ? 'source' : caller
  const packageName = packageOf(file)
  const isTransforming = callsTransformer({ name, package: packageName })
  if (isTransforming && (isOutermost || caller === 'jest')) return 'transform'
  const category = categoryOfPackage(packageName)
  // A tool's package that Jest itself uses, such as for printing code frames.
  return category === 'dependency' && tool !== undefined ? 'jest' : category
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Node calls it when code reads a stack. It calls the formatter, which in Jest maps each frame.
 * https://github.com/nodejs/node/blob/v24.0.0/lib/internal/errors.js (prepareStackTraceCallback)
 */
const FORMATS_STACK = /^prepareStackTrace/
/** https://github.com/nodejs/node/blob/v24.0.0/lib/vm.js, and lib/internal/vm.js and vm/module.js beside it. */
const COMPILES = /^(?:compileFunction|internalCompileFunction|Script|SourceTextModule|ModuleWrap)$/

/** `stacks` and `compile`: work of Jest and Node for code in the sandbox, callees included; undefined for other frames. */
function workOfRuntime(
  { name, file }: Pick<CategorizedFrame, 'name' | 'file'>,
  caller: Category | undefined,
): Category | undefined {
  if (caller === 'stacks' || caller === 'compile') return caller
  const isNodes = file.startsWith('node:')
  if (name === 'get stack' && file === '') return 'stacks'
  if (isNodes && FORMATS_STACK.test(name) && file === 'node:internal/errors') return 'stacks'
  if (isNodes && COMPILES.test(name) && /^node:(?:internal\/)?vm(?:\/|$)/.test(file) && caller === 'jest')
    return 'compile'
  const packageName = isNodes ? undefined : packageOf(file)
  if (packageName === undefined) return undefined
  return handlesStacks({ name, package: packageName }) ? 'stacks' : undefined
}

/** Whether it is the project's own code, such as its own formatter of stacks. */
function isOwn(file: string, testPath: string): boolean {
  return file === testPath || (isAbsolutePath(file) && packageOf(file) === undefined)
}

/** The category of a frame as its callees see it: our own frames are skipped, and Node's too if no code called them. */
export function passedOn(category: Category, caller: Category | undefined): Category | undefined {
  if (category === 'profiler') return caller
  const isNodes = category === 'node' || category === 'native' || category === 'program'
  return isNodes && (caller === undefined || caller === 'program') ? undefined : category
}

/** The category of a module of the sandbox. */
export function categoryOfModule(file: string, testPath: string): Category {
  return file === testPath ? 'test' : categoryOfPackage(packageOf(file))
}

/** Whether a file belongs to a package of Jest or a transformer, whose published code users do not change. */
export function isTool(file: string): boolean {
  const name = packageOf(file)
  return name !== undefined && toolOfPackage(name) !== undefined
}

function categoryOfPackage(name: string | undefined): Category {
  if (name === undefined) return 'source'
  if (name === 'jest-profiler') return 'profiler'
  return isJestPackage(name) ? 'jest' : 'dependency'
}
