// Recording → ResolvedRecording: generated positions become original ones, frames get their category and package.

import { extname } from 'node:path'
import { at } from '../profile/columns.js'
import { ANONYMOUS } from '../profile/frame.js'
import { isOwnCode } from '../profile/own-code.js'
import { isAbsolutePath, toSlashes } from '../profile/paths.js'
import { CATEGORIES, type Category, type Frame } from '../profile/profile.js'
import type { Recording, Script, Waits } from '../recording/recording.js'
import { RESOLVED_VERSION, type ResolvedRecording } from '../recording/resolved-recording.js'
import { AddedCode, type PlacedCode } from './added-functions.js'
import { atomicsWaits } from './atomics-wait.js'
import { type CategoryContext, categorize, isTool, packageOf, passedOn } from './categories.js'
import { type CodeMaker, MADE, makersOf } from './made-code.js'
import { type PlacedSite, resolveSites } from './resolve-sites.js'
import type { MapSource, OriginalPosition, SourceMaps } from './source-maps.js'

export interface ResolveOptions {
  readonly maps: SourceMaps
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
  /** Text of a source file; without it, or where it is gone, a thread that stands still in it looks busy. */
  readonly readSource?: (file: string) => string | undefined
}

export function resolveRecording(
  recording: Recording,
  { maps, profilerDirectory, readSource = () => undefined }: ResolveOptions,
): ResolvedRecording {
  const { wrapperLength, ...header } = recording.header
  const transformers = new Set(
    recording.transforms.flatMap(({ transformer }) => (transformer === null ? [] : toSlashes(transformer))),
  )
  const context = { testPath: toSlashes(header.testPath), profilerDirectory, transformers }
  const scripts = recording.scripts.map(script => ({
    ...script,
    url: toSlashes(script.url),
    maps: mapSource(script),
  }))
  const transformerOf = transformerFinder(recording)
  const added = new AddedCode({
    transformerOf: script => {
      const { transformed, url } = at(scripts, script)
      return transformed ? transformerOf(url) : undefined
    },
    readSource,
  })
  const makers = makersOf(recording, readSource)
  const placedFunctions = functionPositions(recording, scripts, maps).map((position, index) =>
    withMaker(position, { recording, index, maker: makers[index] }),
  )
  const positions = withAdded(placedFunctions, recording, added)
  const { frames, frameOfNode } = categorizeNodes(recording, scripts, positions, context)
  const placed = placedSites(recording, scripts, maps)
  const sites = resolveSites(placed, frames, site => frameOfSite(site, context))
  const { tests, phases, hooks, modules, transforms, clock, heap } = recording
  const waits = withoutAdded(
    recording.waits,
    placed.map(site => added.isAdded(site)),
  )
  const { failedModules, cacheKeys } = recording
  const nodes = { frame: frameOfNode, caller: recording.nodes.caller }
  const ticks = originalTicks(recording, scripts, maps)
  const intervalMicros = header.samplingIntervalMicros
  return {
    version: RESOLVED_VERSION,
    header,
    tests,
    phases,
    hooks,
    modules: modules === null ? null : { ...modules, path: modules.path.map(toSlashes) },
    transforms,
    failedModules: failedModules.map(failed => ({
      ...failed,
      module: failed.isResolved ? toSlashes(failed.module) : failed.module,
      importers: failed.importers.map(toSlashes),
    })),
    cacheKeys: cacheKeys.map(entry => ({
      ...entry,
      transformer: toSlashes(entry.transformer),
      path: toSlashes(entry.path),
    })),
    waits,
    clock,
    heap,
    sites,
    frames,
    nodes,
    ticks,
    atomicsWaitNodes: atomicsWaits({ nodes, ticks, frames }, { intervalMicros, readSource }),
    samples: recording.samples,
  }
}

type PlacedScript = Script & { maps: MapSource }
/** `added`: the package that a transformer has taken it from. */
type FunctionPosition = OriginalPosition & {
  name: string
  generated: boolean
  isUnmapped: boolean
  added?: string
  /** The file whose code made it at run time. */
  madeIn?: string
}

// Jest keeps the maps of what it transformed; everything else may have come with one. Those of Babel and its like are
// many, and lead to sources that are not installed.
function mapSource({ url, transformed, sourceMap }: Script): MapSource {
  if (sourceMap !== null) return { kind: 'file', path: sourceMap }
  return transformed || !isAbsolutePath(url) || isTool(url) ? { kind: 'none' } : { kind: 'shipped' }
}

function functionPositions(
  recording: Recording,
  scripts: PlacedScript[],
  maps: SourceMaps,
): FunctionPosition[] {
  const { name, script, line, column } = recording.functions
  return name.map((functionName, index) => {
    const { url, wrapped, transformed, maps: source } = at(scripts, at(script, index))
    const wrapper = wrapped ? recording.header.wrapperLength : 0
    const generated = generatedPosition(at(line, index), at(column, index), wrapper)
    const shown = {
      name: functionName || ANONYMOUS,
      file: url,
      ...generated,
      generated: false,
      isUnmapped: false,
    }
    if (!isAbsolutePath(url)) return shown
    if (isModuleBody(functionName, at(line, index), at(column, index), wrapper)) {
      const file = maps.originalFile(url, source) ?? url
      return { ...shown, name: '(module)', file, line: 1, column: 1 }
    }
    const original = maps.original(url, source, generated)
    if (original !== undefined) return { ...shown, ...original }
    const isUnmapped = maps.isReadable(url, source)
    return { ...shown, generated: transformed || maps.promised(url, source), isUnmapped }
  })
}

/** Made at run time: at the place that made it, if that is known. */
function withMaker(
  position: FunctionPosition,
  { recording, index, maker }: { recording: Recording; index: number; maker: CodeMaker | undefined },
): FunctionPosition {
  const { functions, scripts } = recording
  const isMade = at(scripts, at(functions.script, index)).url === '' && at(functions.line, index) >= 0
  if (!isMade) return position
  const { line } = position
  const own =
    position.name === ANONYMOUS || position.name === 'anonymous' ? `(${MADE})` : `${position.name} (${MADE})`
  if (maker === undefined) return { ...position, name: own, line: 0, column: 0 }
  // Functions of one text differ by their lines in it.
  const name = line > 1 ? `${own}:${line}` : own
  return { ...position, ...maker, name, madeIn: maker.file }
}

function withAdded(
  positions: readonly FunctionPosition[],
  { functions }: Recording,
  added: AddedCode,
): FunctionPosition[] {
  const packages = added.packagesOf(
    positions.map((position, index) => ({
      ...position,
      script: at(functions.script, index),
      generatedLine: at(functions.line, index),
    })),
  )
  return positions.map((position, index) => {
    const name = packages[index]
    return name === undefined ? position : { ...position, added: name }
  })
}

/** The transformer of a file, by its extension: its package, or its path. */
function transformerFinder({ transforms }: Recording): (file: string) => string {
  const byExtension = new Map(
    transforms.flatMap(({ transformer, extension }) =>
      transformer === null ? [] : [[extension, packageOf(toSlashes(transformer)) ?? toSlashes(transformer)]],
    ),
  )
  return file => byExtension.get(extname(file)) ?? UNKNOWN_TRANSFORMER
}

const UNKNOWN_TRANSFORMER = '(transformer)'

/** Stacks without calls in code that transformers added, as long as any are left. */
function withoutAdded(waits: Waits | null, isAdded: readonly boolean[]): Waits | null {
  if (waits === null || !isAdded.includes(true)) return waits
  const stack = waits.resources.stack.map(sites => {
    const written = sites?.filter(site => isAdded[site] !== true)
    return written === undefined || written.length === 0 ? sites : written
  })
  return { ...waits, resources: { ...waits.resources, stack } }
}

/** 1-based. In Jest 29 the first line of a CommonJS module is shifted by twice the length of its wrapper. */
function generatedPosition(
  line: number,
  column: number,
  wrapperLength: number,
): { line: number; column: number } {
  if (line < 0) return { line: 0, column: 0 }
  const shift = line === 0 && column >= 2 * wrapperLength ? 2 * wrapperLength : 0
  return { line: line + 1, column: column - shift + 1 }
}

// Jest 29 calls a CommonJS module's body `Object.<anonymous>` and starts it within its wrapper; Jest 30 and ES
// modules leave it nameless at the very start.
function isModuleBody(name: string, line: number, column: number, wrapperLength: number): boolean {
  if (line !== 0) return false
  if (name === '') return column === 0
  return name === 'Object.<anonymous>' && (wrapperLength === 0 ? column === 0 : column <= 2 * wrapperLength)
}

// A function may have several frames, because a callee of a transformer belongs to the transformer. There are many more nodes
// than functions: for each function, what follows from its caller's category is computed once.
function categorizeNodes(
  { nodes, functions }: Recording,
  scripts: PlacedScript[],
  positions: FunctionPosition[],
  context: CategoryContext,
): { frames: Frame[]; frameOfNode: number[] } {
  const frames: Frame[] = []
  const frameByKey = new Map<number, number>()
  const categoryByKey = new Map<number, number>()
  const keyOf = (functionIndex: number, category: number) => functionIndex * KEY_SPAN + category + 1
  const categoryOf = (functionIndex: number, caller: number): number => {
    const key = keyOf(functionIndex, caller)
    const known = categoryByKey.get(key)
    if (known !== undefined) return known
    const { url, tool } = at(scripts, at(functions.script, functionIndex))
    const line = at(functions.line, functionIndex) + 1
    const { madeIn } = at(positions, functionIndex)
    const recorded = { name: at(functions.name, functionIndex), file: madeIn ?? url, line, tool }
    const own = categorize(recorded, CATEGORIES[caller], context)
    const isAdded = at(positions, functionIndex).added !== undefined && isOwnCode({ category: own })
    const category = CATEGORIES.indexOf(isAdded ? 'dependency' : own)
    categoryByKey.set(key, category)
    return category
  }
  /** What each node's callees have as their caller's. */
  const passed: number[] = []
  const frameOfNode = nodes.function.map((functionIndex, node) => {
    const caller = at(nodes.caller, node)
    const callers = caller < 0 ? NOBODY : at(passed, caller)
    const category = categoryOf(functionIndex, callers)
    passed.push(indexOf(passedOn(at(CATEGORIES, category), CATEGORIES[callers])))
    const key = keyOf(functionIndex, category)
    const known = frameByKey.get(key)
    if (known !== undefined) return known
    frameByKey.set(key, frames.length)
    const { url } = at(scripts, at(functions.script, functionIndex))
    const { added, madeIn, isUnmapped: _, ...position } = at(positions, functionIndex)
    const owner = added ?? packageOf(madeIn ?? url)
    const frame = { ...position, category: at(CATEGORIES, category), package: owner }
    return frames.push(frame) - 1
  })
  return { frames, frameOfNode }
}

/** No caller's category. */
const NOBODY = -1

function indexOf(category: Category | undefined): number {
  return category === undefined ? NOBODY : CATEGORIES.indexOf(category)
}

/** More than there are categories. */
const KEY_SPAN = 16

function placedSites(
  { sites, header }: Recording,
  scripts: PlacedScript[],
  maps: SourceMaps,
): (PlacedSite & PlacedCode)[] {
  return sites.name.map((name, index) => {
    const { url, wrapped, maps: source } = at(scripts, at(sites.script, index))
    const wrapper = wrapped ? header.wrapperLength : 0
    const generated = generatedPosition(at(sites.line, index), at(sites.column, index), wrapper)
    const original = isAbsolutePath(url) ? maps.original(url, source, generated) : undefined
    const isBody = name === '' || name === 'Object.<anonymous>'
    return {
      name: isBody ? ANONYMOUS : name,
      file: url,
      ...(original ?? generated),
      script: at(sites.script, index),
      generatedLine: at(sites.line, index),
      isUnmapped: original === undefined && isAbsolutePath(url) && maps.isReadable(url, source),
    }
  })
}

function frameOfSite({ name, file, line, column }: PlacedSite, context: CategoryContext): Frame {
  const category = categorize({ name, file, line }, undefined, context)
  return { name, file, line, column, category, package: packageOf(file), generated: false }
}

function originalTicks(recording: Recording, scripts: PlacedScript[], maps: SourceMaps): Recording['ticks'] {
  const { node, line, count } = recording.ticks
  const originalLine = node.map((index, tick) => {
    const { url, maps: source } = at(
      scripts,
      at(recording.functions.script, at(recording.nodes.function, index)),
    )
    const generatedLine = at(line, tick)
    return maps.originalLine(url, source, generatedLine)?.line ?? generatedLine
  })
  return { node, line: originalLine, count }
}
