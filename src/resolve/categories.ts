// Whose code a frame is, by its file and by who called it.

import { packageOf, toolOfPackage } from '../collect/tool-packages.js'
import { callsTransformer, handlesStacks } from '../jest/frames.js'
import { isJestPackage } from '../jest/packages.js'
import { isAbsolutePath } from '../profile/paths.js'
import type { Category } from '../profile/profile.js'
import type { Tool } from '../recording/enums.js'

export { packageOf }

/** What categorizing needs to know of a frame as V8 recorded it. */
export interface CategorizedFrame {
  readonly name: string
  /** Absolute path with `/`, `node:…`, other URL, or `''`. */
  readonly file: string
  /** 1-based; 0 where V8 knows no position. */
  readonly line: number
  /** The tool that alone uses the file's package. */
  readonly tool?: Tool | undefined
}

export interface CategoryContext {
  readonly testPath: string
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
  /** Modules of the transformers that Jest called. */
  readonly transformers?: ReadonlySet<string>
}

// A map, for functions are called `constructor` and `toString`, too.
const META: ReadonlyMap<string, Category> = new Map([
  ['(root)', 'program'],
  ['(program)', 'program'],
  ['(idle)', 'idle'],
  ['(garbage collector)', 'gc'],
])

/**
 * A transform is what runs below Jest's call of a transformer: `@jest/transform`, called by Jest or resumed by no caller, and all
 * callees, whatever they are. A transformer that goes on after an `await` has no caller, and is known by its file. Code
 * without a file is its caller's when it has a position, because then it was evaluated at run time, else the engine's own.
 * `caller`: undefined where no code called it.
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
  // What transformers are made of, in Jest's own hands, such as the frames of code that it prints.
  return category === 'dependency' && tool !== undefined ? 'jest' : category
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Node calls it when somebody reads a stack, and it calls whoever formats it, which under Jest maps each frame.
 * https://github.com/nodejs/node/blob/v24.0.0/lib/internal/errors.js (prepareStackTraceCallback)
 */
const FORMATS_STACK = /^prepareStackTrace/
/** https://github.com/nodejs/node/blob/v24.0.0/lib/vm.js, and lib/internal/vm.js and vm/module.js beside it. */
const COMPILES = /^(?:compileFunction|internalCompileFunction|Script|SourceTextModule|ModuleWrap)$/

/** What Jest and Node do for code in the sandbox, with all that they call for it; undefined: it is none of that. */
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

/** A formatter of the project's own is its own code. */
function isOwn(file: string, testPath: string): boolean {
  return file === testPath || (isAbsolutePath(file) && packageOf(file) === undefined)
}

/** What a frame is to those that it calls: our own is none, and Node's is none where no code called it. */
export function passedOn(category: Category, caller: Category | undefined): Category | undefined {
  if (category === 'profiler') return caller
  const isNodes = category === 'node' || category === 'native' || category === 'program'
  return isNodes && (caller === undefined || caller === 'program') ? undefined : category
}

/** Whose code a module of the sandbox is. */
export function categoryOfModule(file: string, testPath: string): Category {
  return file === testPath ? 'test' : categoryOfPackage(packageOf(file))
}

/** Whether a file is of a package of Jest's or of a transformer's, whose published code users do not change. */
export function isTool(file: string): boolean {
  const name = packageOf(file)
  return name !== undefined && toolOfPackage(name) !== undefined
}

function categoryOfPackage(name: string | undefined): Category {
  if (name === undefined) return 'source'
  if (name === 'jest-profiler') return 'profiler'
  return isJestPackage(name) ? 'jest' : 'dependency'
}
