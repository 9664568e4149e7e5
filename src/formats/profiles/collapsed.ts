// Folded stacks for flame graph tools: a line for each stack, `file;test;frame;frame weight`, outermost frame first. The
// weight is in microseconds, or in the unit of the value. https://github.com/brendangregg/FlameGraph#2-fold-stacks

import { at, increase } from '../../profile/columns.js'
import { compareText } from '../../profile/order.js'
import { type Frame, type Profile, timeSamples } from '../../profile/profile.js'
import { prune } from '../../profile/prune.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { sanitize } from '../wording.js'
import { scopeLabels } from './scope-labels.js'

/** Some 60 MB of text, which flame graph tools read in seconds. V8's longest string has 512 MB. */
const MOST_FRAMES = 1_500_000

/**
 * Workers and hooks are not distinguished. Outside of tests, the phase replaces the test, such as `(imports)`. Lines are
 * in alphabetical order. If they had more than `mostFrames` frames in total, light stacks are folded into `(other)`.
 */
export function toCollapsed(
  profile: Profile,
  report: Report,
  { values = timeSamples(profile), mostFrames = MOST_FRAMES } = {},
): string {
  const { frames, stacks, scopes, ...pruned } = prune({ ...profile, values }, { frames: mostFrames }).profile
  const toRelative = relativeTo(report.run.displayRoot)
  const names = frames.map(frame => frameName(frame, toRelative))
  const paths: string[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    paths.push(`${caller < 0 ? '' : at(paths, caller)};${at(names, frame)}`)
  })
  const heads = scopeLabels({ scopes }, report).map(({ project, file, test, phase }) => {
    const path = withoutNumber(safe(project === '' ? file : `${project}: ${file}`))
    return `${path};${safe(test ?? `(${phase})`)}`
  })
  const lines = new Map<string, number>()
  for (const { stack, scope, weight } of pruned.values)
    stack.forEach((leaf, row) => {
      const amount = at(weight, row)
      if (amount > 0) increase(lines, at(heads, at(scope, row)) + at(paths, leaf), amount)
    })
  return [...lines]
    .sort(([a], [b]) => compareText(a, b))
    .map(([line, weight]) => `${line} ${weight}\n`)
    .join('')
}

function frameName({ name, file, line }: Frame, toRelative: ToRelative): string {
  if (file === '') return withoutNumber(safe(name))
  const path = toRelative(file)
  return withoutNumber(safe(line > 0 ? `${name} ${path}:${line}` : `${name} ${path}`))
}

/** The name without `;` and line breaks, which separate frames and stacks. */
function safe(name: string): string {
  const line = sanitize(name).replaceAll(';', ',').trim()
  return line === '' ? '(anonymous)' : line
}

/**
 * If a stack ends with a number, flamegraph.pl takes it for the first of two weights:
 * https://github.com/brendangregg/FlameGraph/blob/41fee1f99f9276008b7cd112fca19dc3ea84ac32/flamegraph.pl
 */
function withoutNumber(name: string): string {
  return name.replace(/\s(?=\d+(\.\d*)?$)/, '_')
}
