// Packages that are Jest's, and packages that Jest's transformers are made of, by their names.

import type { Tool } from '../recording/enums.js'

const NODE_MODULES = '/node_modules/'

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
  `babel-jest ts-jest typescript esbuild esbuild-jest sucrase metro-react-native-babel-transformer
  babel-plugin-istanbul babel-plugin-jest-hoist babel-preset-jest coffeescript vue-jest svelte-jester
  jest-preset-angular`.split(/\s+/),
)

/**
 * Of packages that Node has loaded, outside of the sandbox: there they are a tool's. What tests load, such as a linter's tests
 * their parser, is the project's dependency, whatever its name. Undefined: it is neither's.
 */
export function toolOfPackage(name: string): Tool | undefined {
  if (TRANSFORM_PACKAGES.has(name) || /^(@babel|@swc)\//.test(name)) return 'transform'
  return isJestPackage(name) ? 'jest' : undefined
}

export function isJestPackage(name: string): boolean {
  return JEST_PACKAGES.has(name) || name.startsWith('@jest/')
}

/** Folder of a file's package, with `/` at its end; undefined for files outside of `node_modules`. */
export function packageFolderOf(file: string): string | undefined {
  const name = packageOf(file)
  if (name === undefined) return undefined
  return `${file.slice(0, file.lastIndexOf(NODE_MODULES) + NODE_MODULES.length)}${name}/`
}

/** Package of a file in `node_modules`, in npm's, pnpm's and Yarn's layouts: the innermost one counts. */
export function packageOf(file: string): string | undefined {
  const from = file.lastIndexOf(NODE_MODULES)
  if (from < 0) return undefined
  const [scope, name] = file.slice(from + NODE_MODULES.length).split('/')
  return scope?.startsWith('@') && name !== undefined ? `${scope}/${name}` : scope
}
