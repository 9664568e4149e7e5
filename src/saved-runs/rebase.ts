// Paths on one machine → paths on another, where the project is in another folder.

import type { ResolvedRecording } from '../recording/resolved-recording.js'

export type Rebase = (path: string) => string

/**
 * Rebases paths from one project's folder to another's, including the rest of the checkout: `/home/a/repo/web` and `/builds/repo/web`
 * differ in `/home/a` and `/builds`. Returns undefined if the folders are equal.
 */
export function rebaseFrom(from: string, to: string): Rebase | undefined {
  if (from === to) return undefined
  const [own, other] = [from.split('/'), to.split('/')]
  let common = 0
  while (common < Math.min(own.length, other.length) && own.at(-1 - common) === other.at(-1 - common))
    common++
  const checkout = own.slice(0, own.length - common).join('/')
  const target = other.slice(0, other.length - common).join('/')
  // With a checkout directly below the root, every path of the machine would be rebased.
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
