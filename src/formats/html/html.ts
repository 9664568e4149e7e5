// `report.html`: the page of a run, with the report and the profile, which is limited.

import { at } from '../../profile/columns.js'
import { fileKey } from '../../profile/paths.js'
import { type Frame, NOT_SELECTED, PHASES, type Profile, type Sequence } from '../../profile/profile.js'
import { type Bounds, OTHER, prune } from '../../profile/prune.js'
import { filesWithoutOrder } from '../../profile/sequences.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { count, duration } from '../../report/views/figures.js'
import { packCode } from './pack-code.js'
import type { PageProfile, PageReport } from './page-data.js'
import { type PageAssets, pageHtml } from './page-shell.js'

/** With all these rows, a compressed page has some 10 MB. */
const BOUNDS: Bounds = { stacks: 100_000, rows: 2_000_000 }
/** Limits the samples in time order. The merged ones are complete. */
const MOST_ORDERED_SAMPLES = 500_000

/** `sources`: texts of source files by path relative to the display root. `artifacts`: see `PageReport`. */
export function toHtml(
  profile: Profile,
  report: Report,
  {
    assets,
    sources,
    artifacts,
  }: Pick<PageProfile, 'sources'> & Pick<PageReport, 'artifacts'> & { assets: PageAssets },
): string {
  const pageReport: PageReport = { report, artifacts }
  return pageHtml({
    assets,
    title: `Test profile of ${report.run.suite || 'a project'}`,
    blocks: { report: pageReport, profile: packProfile(profile, report, { sources }) },
    loading: 'Reading the profile …',
    withoutScripts: {
      forbidden: 'If this message stays, the server blocks scripts: download the file, or read report.md.',
      off: 'This page needs JavaScript. report.md, next to it, has the same data as text.',
    },
  })
}

export function packProfile(
  whole: Profile,
  report: Pick<Report, 'run' | 'files'>,
  {
    sources,
    bounds = BOUNDS,
    mostOrderedSamples = MOST_ORDERED_SAMPLES,
  }: Pick<PageProfile, 'sources'> & { bounds?: Bounds; mostOrderedSamples?: number },
): PageProfile {
  const { profile, lightest } = prune(whole, bounds)
  const { scopes } = profile
  const toRelative = relativeTo(report.run.displayRoot)
  const fileOf = fileFinder(report, toRelative)
  const ordered = longestSequences(profile.sequences.map(withJoinedGaps), mostOrderedSamples)
  const unordered = filesWithoutOrder(scopes, ordered)
  const cuts = [
    ...(lightest > 0
      ? [
          `Calls of less than ${duration(lightest / 1000)} in total are grouped as “${OTHER.name}”. All of them are in profile.pb.gz, the pprof profile of the run.`,
        ]
      : []),
    ...(unordered > 0
      ? [
          `The time order of ${count(unordered, 'test file')} is omitted; their merged flame graphs are complete, and the order is in the run’s recordings.`,
        ]
      : []),
  ]
  return {
    ...packCode(profile, toRelative),
    scopes: {
      file: scopes.map(fileOf),
      worker: scopes.map(scope => scope.worker),
      phase: scopes.map(scope => PHASES.indexOf(scope.phase)),
      hook: scopes.map(scope => scope.hook ?? -1),
      test: scopes.map(scope => scope.test ?? -1),
      attempt: scopes.map(scope => scope.attempt),
      group: scopes.map(scope => scope.group ?? -1),
    },
    sequences: ordered.map(sequence => ({
      file: fileOf(sequence),
      first: sequence.start[0] ?? 0,
      stack: [...sequence.stack],
      scope: [...sequence.scope],
      length: lengths(sequence),
    })),
    lines: linesOf(profile, file => Object.hasOwn(sources, toRelative(file))),
    sources,
    cuts,
  }
}

/** Returns the index of a test file in the report; -1 if the report does not have it, because it is limited. */
function fileFinder({ files }: Pick<Report, 'files'>, toRelative: ToRelative) {
  const indexes = new Map(
    files.map(({ projectId, path }, index) => [fileKey({ project: projectId, file: path }), index]),
  )
  return ({ project, file }: { project: string; file: string }) =>
    indexes.get(fileKey({ project, file: toRelative(file) })) ?? -1
}

/** If a single test was selected, most samples of its file are a gap. */
function withJoinedGaps(sequence: Sequence): Sequence {
  const { stack, scope, start } = sequence
  if (!stack.includes(NOT_SELECTED)) return sequence
  const isKept = (_: number, row: number) => stack[row] !== NOT_SELECTED || stack[row - 1] !== NOT_SELECTED
  const columns = { stack: stack.filter(isKept), scope: scope.filter(isKept), start: start.filter(isKept) }
  return { ...sequence, ...columns }
}

/** The sequences of the longest files, up to the limit. */
function longestSequences(sequences: Profile['sequences'], most: number): Sequence[] {
  let room = most
  const kept = new Set(
    sequences
      .toSorted((a, b) => b.wallMicros - a.wallMicros)
      .filter(({ stack }) => {
        if (stack.length > room) return false
        room -= stack.length
        return true
      }),
  )
  return sequences.filter(sequence => kept.has(sequence))
}

function lengths({ start, wallMicros }: Profile['sequences'][number]): number[] {
  return Array.from(start, (time, sample) => Math.max(0, (start[sample + 1] ?? wallMicros) - time))
}

function linesOf({ frames, lines }: Profile, isShown: (file: string) => boolean): PageProfile['lines'] {
  const frameOf = (row: number): Frame => at(frames, at(lines.frame, row))
  const rows = lines.frame.map((_, row) => row).filter(row => isShown(frameOf(row).file))
  return {
    frame: rows.map(row => at(lines.frame, row)),
    line: rows.map(row => at(lines.line, row)),
    weight: rows.map(row => at(lines.weight, row)),
  }
}
