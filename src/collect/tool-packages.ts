// Packages that are tools: Jest's own and those of transformers.

import { isJestPackage } from '../jest/packages.js'
import type { Tool } from '../recording/enums.js'

const NODE_MODULES = '/node_modules/'

const TRANSFORM_PACKAGES = new Set(
  `babel-jest ts-jest typescript esbuild esbuild-jest sucrase metro-react-native-babel-transformer
  babel-plugin-istanbul babel-plugin-jest-hoist babel-preset-jest coffeescript vue-jest svelte-jester
  jest-preset-angular`.split(/\s+/),
)

/** Returns the tool of a package that Node loaded outside the sandbox, by its name. What tests load is a dependency of the project. */
export function toolOfPackage(name: string): Tool | undefined {
  if (TRANSFORM_PACKAGES.has(name) || /^(@babel|@swc)\//.test(name)) return 'transform'
  return isJestPackage(name) ? 'jest' : undefined
}

/** Returns the folder of a file's package, with `/` at its end; undefined outside `node_modules`. */
export function packageFolderOf(file: string): string | undefined {
  const name = packageOf(file)
  if (name === undefined) return undefined
  return `${file.slice(0, file.lastIndexOf(NODE_MODULES) + NODE_MODULES.length)}${name}/`
}

/** Returns the innermost package of a file in `node_modules`, in the layouts of npm, pnpm and Yarn; undefined outside. */
export function packageOf(file: string): string | undefined {
  const from = file.lastIndexOf(NODE_MODULES)
  if (from < 0) return undefined
  const start = from + NODE_MODULES.length
  let end = file.indexOf('/', start)
  if (file[start] === '@' && end >= 0) end = file.indexOf('/', end + 1)
  return file.slice(start, end < 0 ? undefined : end)
}
