// Specifiers in a module's source → the modules of the run that they lead to, according to the recorded imports.

import { dirname, join } from 'node:path/posix'
import { group } from 'd3-array'
import type { Facts } from '../../rule.js'
import type { LoadedModule } from './module-graph.js'

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json']

/** TypeScript files may be imported by the names of their compiled files. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}

const READMES = ['README.md', 'readme.md', 'Readme.md']

interface Package {
  readonly name: string
  readonly folder: string
  /** As its `package.json` has it. */
  readonly exports: unknown
}

export class ModulePaths {
  readonly #rows: ReadonlyMap<string, LoadedModule>
  readonly #importsOf: ReadonlyMap<string, readonly { readonly module: string }[]>
  readonly #readSource: Facts['readSource']

  constructor(rows: readonly LoadedModule[], readSource: Facts['readSource']) {
    this.#rows = new Map(rows.map(row => [row.module, row]))
    this.#readSource = readSource
    const edges = rows.flatMap(({ module, importers }) =>
      importers.map(importer => ({ importer: importer.module, module })),
    )
    this.#importsOf = group(edges, ({ importer }) => importer)
  }

  row(module: string): LoadedModule | undefined {
    return this.#rows.get(module)
  }

  /**
   * The module that each specifier leads to. One that is neither relative nor a path in a package is matched only if it
   * and the module have no other candidates.
   */
  resolve(from: string, specifiers: readonly string[]): Map<string, string> {
    const resolved = new Map<string, string>()
    for (const specifier of specifiers) {
      const path = isRelative(specifier)
        ? this.#file(join(dirname(from), specifier))
        : this.#packageFile(from, specifier)
      if (path !== undefined) resolved.set(specifier, path)
    }
    const taken = new Set(resolved.values())
    const imported = (this.#importsOf.get(from) ?? []).map(({ module }) => module)
    const left = imported.filter(module => !taken.has(module))
    const others = [...new Set(specifiers)].filter(name => !isRelative(name) && !resolved.has(name))
    for (const specifier of others) {
      const [module, second] = left.filter(path => this.#canMean(specifier, path))
      if (module === undefined || second !== undefined) continue
      const rivals = others.filter(other => this.#canMean(other, module))
      if (rivals.length === 1) resolved.set(specifier, module)
    }
    return resolved
  }

  /** A module's package, in `node_modules` or a workspace; undefined if there is none. */
  packageOf(module: string): Package | undefined {
    for (let folder = dirname(module); ; folder = dirname(folder)) {
      const description = this.manifest(folder)
      if (typeof description?.name === 'string')
        return { name: description.name, folder, exports: description.exports }
      if (folder === '.' || folder === '/' || folder.endsWith('/node_modules')) return undefined
    }
  }

  /** The `package.json` of a folder; undefined if there is none. */
  manifest(folder: string): Record<string, unknown> | undefined {
    return parse(this.#readSource(join(folder, 'package.json')))
  }

  /** Text of the README of a folder; `''` if there is none. */
  readme(folder: string): string {
    const text = READMES.map(name => this.#readSource(join(folder, name))).find(known => known !== undefined)
    return text ?? ''
  }

  /** Whether a path without its extension leads to a file, or to a folder with a `package.json`. */
  exists(path: string): boolean {
    return this.#file(path) !== undefined || this.#readSource(join(path, 'package.json')) !== undefined
  }

  #file(path: string): string | undefined {
    const known = candidates(path)
    return (
      known.find(candidate => this.#rows.has(candidate)) ??
      known.find(candidate => this.#readSource(candidate) !== undefined)
    )
  }

  #packageFile(from: string, specifier: string): string | undefined {
    for (let folder = dirname(from); ; folder = dirname(folder)) {
      const path = candidates(join(folder, 'node_modules', specifier)).find(known => this.#rows.has(known))
      if (path !== undefined || folder === '.' || folder === '/') return path
    }
  }

  #canMean(specifier: string, module: string): boolean {
    const name = this.#rows.get(module)?.package ?? null
    if (name === specifier) return true
    const path = bare(`/${module}`)
    // pnpm stores packages elsewhere.
    if (name !== null) return path.endsWith(`/node_modules/${specifier}`)
    // A package of the workspace, or an alias such as `@/ui` or `~/ui` for `src/ui/index.ts`.
    const alias = bare(specifier)
    const tail = alias.includes('/') ? alias.slice(alias.indexOf('/')) : `/${alias}`
    return path.endsWith(tail) || this.packageOf(module)?.name === specifier
  }
}

function candidates(path: string): string[] {
  const extension = Object.keys(COMPILED).find(known => path.endsWith(known)) ?? ''
  const stem = path.slice(0, path.length - extension.length)
  return [
    path,
    ...(COMPILED[extension] ?? []).map(compiled => stem + compiled),
    ...EXTENSIONS.map(known => path + known),
    ...EXTENSIONS.map(known => join(path, `index${known}`)),
  ]
}

/** The path without an extension and `/index`, which specifiers may omit. */
export function bare(path: string): string {
  return path.replace(/(?<=[^/])\.([cm]?[jt]sx?|json)$/, '').replace(/(?<=[^/])\/index$/, '')
}

export function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..'
}

function parse(text: string | undefined): Record<string, unknown> | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
