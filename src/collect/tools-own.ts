// Packages that only Jest and transformers use outside of the sandbox, by Node's own account of who required what. What they
// load on somebody's behalf, such as an environment, is that somebody's: only what a package says that it needs is its own.

import { readFileSync } from 'node:fs'
import { buildsEnvironment } from '../jest/packages.js'
import type { Tool } from '../recording/enums.js'
import { packageFolderOf, packageOf, toolOfPackage } from './tool-packages.js'

/** As `require.cache`: modules by their absolute paths. */
export type LoadedModules = Readonly<Record<string, CachedModule | undefined>>

interface CachedModule {
  readonly children?: readonly NamedModule[]
  /** Who loaded it first. */
  readonly parent?: NamedModule | null | undefined
}

interface NamedModule {
  readonly filename?: string | null
}

type ReadManifest = (folder: string) => object

/** An unknown importer: an ES module, or code that loaded it by other means. */
const UNKNOWN = ''

export interface ToolsOptions {
  /** Modules of the project's transformers, whatever their packages are called. */
  readonly transformers?: readonly string[]
  readonly readManifest?: ReadManifest
}

/** Whose the packages of files are that were loaded outside of the sandbox; undefined: the user's, or not only a tool's. */
export function toolsOwn(
  loaded: LoadedModules,
  { transformers: modules = [], readManifest = manifestIn }: ToolsOptions = {},
): (file: string) => Tool | undefined {
  const named = new Set(modules.map(folderOf).filter(folder => folder !== UNKNOWN))
  const toolIn = (folder: string) => (named.has(folder) ? 'transform' : toolOfPackage(nameOf(folder)))
  const isTool = (folder: string) => toolIn(folder) === 'jest' && !buildsEnvironment(nameOf(folder))
  const importers = importersOfPackages(loaded)
  const needs = new Map<string, object>()
  const isNeeded = (folder: string, importer: string) => {
    // A transformer loads nothing but what it transforms with, such as plugins that it does not say that it needs, and Jest
    // loads no transformer for anything else.
    if (toolIn(importer) === 'transform' || toolIn(folder) === 'transform') return true
    const known = needs.get(importer) ?? readManifest(importer)
    needs.set(importer, known)
    return nameOf(folder) in known
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

/** The most of the candidates that may stay, each given who else does. */
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

/** Folders of packages → folders of those that have required something of them. */
function importersOfPackages(loaded: LoadedModules): Map<string, Set<string>> {
  const importers = new Map<string, Set<string>>()
  const add = (folder: string, importer: string) => {
    const known = importers.get(folder)
    if (known === undefined) importers.set(folder, new Set([importer]))
    else known.add(importer)
  }
  const required = new Set<string>()
  for (const [file, module] of Object.entries(loaded)) {
    const own = folderOf(file)
    // Code in the sandbox has Jest load something outside of it: the importer is not a module of Node's then.
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

/** The folder of a file's package; for the project's own files all that comes before. */
function folderOf(file: string): string {
  const path = file.replaceAll('\\', '/')
  return packageFolderOf(path)?.slice(0, -1) ?? UNKNOWN
}

function nameOf(folder: string): string {
  return packageOf(folder) ?? ''
}

/** What the package in that folder says that it needs: names are keys. */
function manifestIn(folder: string): object {
  try {
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    return { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }
  } catch {
    // It says nothing, then.
    return {}
  }
}
