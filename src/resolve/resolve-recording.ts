// Recording → ResolvedRecording: original positions instead of generated ones, and frames with category and package.

import { extname } from 'node:path'
import { at } from '../profile/columns.js'
import { toSlashes } from '../profile/paths.js'
import type { Recording } from '../recording/recording.js'
import { RESOLVED_VERSION, type ResolvedRecording } from '../recording/resolved-recording.js'
import { AddedCode } from './added-functions.js'
import { atomicsWaits } from './atomics-wait.js'
import { categorize, packageOf } from './categories.js'
import { categorizeNodes } from './categorize-nodes.js'
import { type FindMaker, makerFinder } from './made-code.js'
import { OriginalPositions } from './original-positions.js'
import { resolveSites } from './resolve-sites.js'
import { RunScripts } from './run-scripts.js'
import type { SourceMaps } from './source-maps.js'
import type { ReadSource } from './source-texts.js'

export interface ResolveOptions {
  readonly maps: SourceMaps
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
  /** Without the source, a thread that is blocked in `Atomics.wait` looks busy. */
  readonly readSource?: ReadSource
  /** Shared by the recordings of a run. */
  readonly makerIn?: FindMaker
  /** Shared by the recordings of a run. */
  readonly scripts?: RunScripts
}

export function resolveRecording(
  recording: Recording,
  {
    maps,
    profilerDirectory,
    readSource = () => undefined,
    makerIn = makerFinder(readSource),
    scripts: known = new RunScripts(),
  }: ResolveOptions,
): ResolvedRecording {
  const { wrapperLength, ...header } = recording.header
  const transformers = new Set(
    recording.transforms.flatMap(({ transformer }) => (transformer === null ? [] : toSlashes(transformer))),
  )
  const context = { testPath: toSlashes(header.testPath), profilerDirectory, transformers }
  const scripts = known.of(recording)
  const positions = new OriginalPositions(recording, scripts, maps)
  const transformerOf = transformerFinder(recording)
  const added = new AddedCode({
    transformerOf: script => {
      const { transformed, url } = at(scripts, script)
      return transformed ? transformerOf(url) : undefined
    },
    readSource,
  })
  const functions = positions.functions(added, makerIn)
  const { frames, frameOfNode } = categorizeNodes(recording, scripts, functions, context)
  const placed = positions.sites()
  const sites = resolveSites(placed, frames, site => {
    const category = categorize(site, undefined, context)
    const { name, file, line, column } = site
    return { name, file, line, column, category, package: packageOf(file), generated: false }
  })
  const { tests, phases, hooks, modules, transforms, failedModules, cacheKeys, clock, heap } = recording
  const written = writtenCalls(placed.map(site => added.isAdded(site)))
  const { waits, openHandles, timeLimits, allocations } = recording
  const nodes = { frame: frameOfNode, caller: recording.nodes.caller }
  const ticks = positions.ticks()
  const intervalMicros = header.samplingIntervalMicros ?? 0
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
    waits: waits && {
      ...waits,
      resources: { ...waits.resources, stack: waits.resources.stack.map(written) },
    },
    ...(openHandles === undefined
      ? {}
      : { openHandles: { ...openHandles, stack: openHandles.stack.map(written) } }),
    ...(timeLimits === undefined
      ? {}
      : {
          timeLimits: timeLimits.map(({ open, ...limit }) => ({
            ...limit,
            open: open?.map(({ kind, stack }) => ({ kind, stack: written(stack) })) ?? null,
          })),
        }),
    clock,
    heap,
    sites,
    frames,
    nodes,
    ticks,
    atomicsWaitNodes: atomicsWaits({ nodes, ticks, frames }, { intervalMicros, readSource }),
    samples: recording.samples,
    ...(allocations === undefined ? {} : { allocations }),
  }
}

/** Returns the package of a file's transformer, or else its path, by the file's extension. */
function transformerFinder({ transforms }: Recording): (file: string) => string {
  const byExtension = new Map(
    transforms.flatMap(({ transformer, extension }) =>
      transformer === null ? [] : [[extension, packageOf(toSlashes(transformer)) ?? toSlashes(transformer)]],
    ),
  )
  return file => byExtension.get(extname(file)) ?? UNKNOWN_TRANSFORMER
}

const UNKNOWN_TRANSFORMER = '(transformer)'

type SiteStack = number[] | null

/** Removes calls in code that transformers added from a stack, unless none would remain. */
function writtenCalls(isAdded: readonly boolean[]): (stack: SiteStack) => SiteStack {
  if (!isAdded.includes(true)) return stack => stack
  return stack => {
    const written = stack?.filter(site => isAdded[site] !== true)
    return written === undefined || written.length === 0 ? stack : written
  }
}
