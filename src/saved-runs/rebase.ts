// Paths of one machine → those of another, where a project lies in another folder.

import type { ResolvedRecording } from '../recording/resolved-recording.js'

export type Rebase = (path: string) => string

/**
 * From one project's folder to another's, with what lies beside and above them in a common checkout:
 * `/home/a/repo/web` and `/builds/repo/web` differ in `/home/a` and `/builds`. Undefined when there is nothing to do.
 */
export function rebaseFrom(from: string, to: string): Rebase | undefined {
  if (from === to) return undefined
  const [own, other] = [from.split('/'), to.split('/')]
  let common = 0
  while (common < Math.min(own.length, other.length) && own.at(-1 - common) === other.at(-1 - common))
    common++
  const checkout = own.slice(0, own.length - common).join('/')
  const target = other.slice(0, other.length - common).join('/')
  // A checkout right below the root would make every path of that machine one of the project's.
  const [prefix, replacement] = checkout === '' || target === '' ? [from, to] : [checkout, target]
  return path =>
    path === prefix || path.startsWith(`${prefix}/`) ? replacement + path.slice(prefix.length) : path
}

export function rebaseRecording(recording: ResolvedRecording, rebase: Rebase): ResolvedRecording {
  const { header, frames, modules, transforms, failedModules, cacheKeys } = recording
  return {
    ...recording,
    header: { ...header, testPath: rebase(header.testPath) },
    frames: frames.map(frame => ({ ...frame, file: rebase(frame.file) })),
    modules: modules === null ? null : { ...modules, path: modules.path.map(rebase) },
    transforms: transforms.map(totals => ({
      ...totals,
      transformer: totals.transformer && rebase(totals.transformer),
    })),
    failedModules: failedModules.map(failed => ({
      ...failed,
      module: failed.isResolved ? rebase(failed.module) : failed.module,
      importers: failed.importers.map(rebase),
    })),
    cacheKeys: cacheKeys.map(entry => ({
      ...entry,
      transformer: rebase(entry.transformer),
      path: rebase(entry.path),
    })),
  }
}
