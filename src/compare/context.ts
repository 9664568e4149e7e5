// The context of a run: what must be equal for two runs to be comparable, and sentences on what differs.

import { sum } from 'd3-array'
import type { RunRecord } from '../report/record/run-record.js'
import type { Report } from '../report/report.js'
import { coresText } from '../report/views/machines.js'
import type { ContextDifference } from './comparison.js'

/** Values as text, by name. */
export type RunContext = Readonly<Record<string, string>>

/** The cache counts as cold if more than this share of the files missed it. */
const COLD_SHARE = 0.05

const INTERVAL = 'sampling interval'
/** Without a profile. */
const NO_INTERVAL = 'none'

export function runContext(report: Report, { files }: RunRecord): RunContext {
  const { run } = report
  const areWaitsKnown = files.some(({ recording }) => recording?.known.waits === true)
  return {
    project: run.suite,
    processor: run.cpuModel,
    cores: coresText(run),
    platform: `${run.platform} ${run.arch}`,
    Node: run.nodeVersion,
    Jest: run.jestVersion,
    workers: String(run.workers),
    engine: run.engine,
    [INTERVAL]: run.samplingIntervalMicros === null ? NO_INTERVAL : `${run.samplingIntervalMicros / 1000} ms`,
    waits: areWaitsKnown ? 'recorded' : 'not recorded',
    "Jest's transform cache": cacheState(report),
    shard: run.shard ?? 'none',
    command: run.command,
  }
}

function cacheState({ transforms }: Report): string {
  const misses = sum(transforms, row => row.cacheMisses)
  return misses > COLD_SHARE * sum(transforms, row => row.files) ? 'cold' : 'warm'
}

/** Differences between the sides and within them. */
export function contextDifferences(
  base: readonly RunContext[],
  head: readonly RunContext[],
): ContextDifference[] {
  return Object.keys(base[0] ?? {}).flatMap(key => {
    const ofBase = distinct(base, key)
    const ofHead = distinct(head, key)
    // The engine says so.
    if (key === INTERVAL && [...ofBase, ...ofHead].includes(NO_INTERVAL)) return []
    if (ofBase.length <= 1 && ofHead.length <= 1 && ofBase[0] === ofHead[0]) return []
    const isMixed = ofBase.join('\0') === ofHead.join('\0')
    const where = isMixed ? 'mixed on both sides' : `in base, ${ofHead.join(' and ')} in head`
    return [{ key, base: ofBase, head: ofHead, sentence: `${key}: ${ofBase.join(' and ')} ${where}` }]
  })
}

function distinct(contexts: readonly RunContext[], key: string): string[] {
  return [...new Set(contexts.map(context => context[key] ?? ''))].toSorted()
}
