// Packages that only Jest and transformers use outside the sandbox, according to Node's module cache. Only packages that a tool's
// manifest names belong to it: others, such as an environment, it loads for the user.

import { readFileSync } from 'node:fs'
import { buildsEnvironment } from '../jest/packages.js'
import { getOrMake, once } from '../profile/columns.js'
import type { Tool } from '../recording/enums.js'
import { packageFolderOf, packageOf, toolOfPackage } from './tool-packages.js'

/** As `require.cache`: modules by their absolute paths. */
export type LoadedModules = Readonly<Record<string, CachedModule | undefined>>

interface CachedModule {
  readonly children?: readonly NamedModule[]
  /** The module that first required it. */
  readonly parent?: NamedModule | null | undefined
}

interface NamedModule {
  readonly filename?: string | null
}

type ReadManifest = (folder: string) => object

/** An unknown importer: an ES module, or code that loaded it by other means. */
const UNKNOWN = ''

export interface ToolsOptions {
  /** Paths of the modules of the project's transformers. */
  readonly transformers?: readonly string[]
  readonly readManifest?: ReadManifest
}

/** Returns a function that finds the tool of a file loaded outside the sandbox; undefined: other code uses its package, too. */
export function toolsOwn(
  loaded: LoadedModules,
  { transformers: modules = [], readManifest = manifestIn }: ToolsOptions = {},
): (file: string) => Tool | undefined {
  const named = new Set(modules.map(folderOf).filter(folder => folder !== UNKNOWN))
  const toolIn = (folder: string) => (named.has(folder) ? 'transform' : toolOfPackage(nameOf(folder)))
  const isTool = (folder: string) => toolIn(folder) === 'jest' && !buildsEnvironment(nameOf(folder))
  const importers = importersOfPackages(loaded)
  const needsOf = once(readManifest)
  const isNeeded = (folder: string, importer: string) => {
    // A transformer loads only what it transforms with, such as plugins that its manifest does not name, and Jest loads
    // transformers for no other purpose.
    if (toolIn(importer) === 'transform' || toolIn(folder) === 'transform') return true
    return nameOf(folder) in needsOf(importer)
  }
  const tools = shrink(
    [...importers.keys()].filter(folder => toolIn(folder) !== 'jest'),
    (folder, isTools) =>
      named.has(folder) ||
      [...(importers.get(folder) ?? [])].every(
        importer => (isTool(importer) || isTools(importer)) && isNeeded(folder, importer),
      ),
  )
  const transformers = shrink(
    [...tools],
    (folder, isTransformers) =>
      toolIn(folder) === 'transform' ||
      [...(importers.get(folder) ?? [])].every(
        importer => toolIn(importer) === 'transform' || isTransformers(importer),
      ),
  )
  return file => {
    const folder = folderOf(file)
    if (!tools.has(folder)) return undefined
    return transformers.has(folder) ? 'transform' : 'jest'
  }
}

/** Removes candidates until all that remain may stay, given the others. */
function shrink(
  candidates: readonly string[],
  mayStay: (candidate: string, isIn: (other: string) => boolean) => boolean,
): Set<string> {
  const staying = new Set(candidates)
  for (let before = -1; before !== staying.size; ) {
    before = staying.size
    for (const candidate of staying)
      if (!mayStay(candidate, other => staying.has(other))) staying.delete(candidate)
  }
  return staying
}

/** Returns for each package's folder the folders of the packages that require it. */
function importersOfPackages(loaded: LoadedModules): Map<string, Set<string>> {
  const importers = new Map<string, Set<string>>()
  const add = (folder: string, importer: string) => {
    getOrMake(importers, folder, () => new Set<string>()).add(importer)
  }
  const required = new Set<string>()
  for (const [file, module] of Object.entries(loaded)) {
    const own = folderOf(file)
    // Code in the sandbox can make Jest load a module outside; then the importer is not in Node's cache.
    const asking = module?.parent?.filename
    if (asking != null && loaded[asking] === undefined && folderOf(asking) !== own) {
      required.add(file)
      add(own, folderOf(asking))
    }
    for (const { filename } of module?.children ?? []) {
      if (filename == null) continue
      required.add(filename)
      const folder = folderOf(filename)
      if (folder !== own) add(folder, own)
    }
  }
  for (const file of Object.keys(loaded)) if (!required.has(file)) add(folderOf(file), UNKNOWN)
  return importers
}

/** Returns the folder of a file's package; UNKNOWN for files of the project. */
function folderOf(file: string): string {
  const path = file.replaceAll('\\', '/')
  return packageFolderOf(path)?.slice(0, -1) ?? UNKNOWN
}

function nameOf(folder: string): string {
  return packageOf(folder) ?? ''
}

/** Returns an object with the names of all dependencies of the package in that folder. */
function manifestIn(folder: string): object {
  try {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    return { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
  } catch {
    // Without a readable manifest it needs nothing.
    return {}
  }
}
