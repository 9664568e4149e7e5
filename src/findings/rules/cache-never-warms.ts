// A transformer whose cache keys are new each time: every run transforms every file again.

import { count, duration, percent } from '../../report/views/figures.js'
import { type UnstableKeys, unstableKeys } from '../evidence/unstable-keys.js'
import type { Facts, FindingDraft } from '../rule.js'

const RETURNS: Readonly<Record<UnstableKeys['proof'], string>> = {
  'asked again': 'returns another key in every run',
  workers: 'returns another key in every worker',
  runs: 'returns another key in every run',
}

const REMEDY_FOR_KEY =
  'Make the key depend only on the text of the file, the options and the versions of the tools, and not on a time, random ' +
  'value, process id or temporary path, neither in `getCacheKey` nor in the config that it reads.'
const REMEDY_FOR_CONFIG =
  'Look in its config and options for what is new in each process: a time, a random value, a process id or a temporary ' +
  'path, also in options of presets and plugins. They are part of the key.'

export function cacheNeverWarms(facts: Facts): FindingDraft[] {
  return unstableKeys(facts).map(unstable => {
    const { transformer, isPackage, proof, files, misses, missMs } = unstable
    return {
      id: `cache-never-warms:${transformer}`,
      confidence: proof === 'asked again' ? 'high' : 'medium',
      title: `Jest's transform cache never warms: getCacheKey of ${transformer} ${RETURNS[proof]}`,
      evidence:
        `${proofText(unstable)} ${misses.toLocaleString('en-US')} of ${count(files, 'file')} had to be ` +
        `transformed, in ${duration(missMs)}, ${percent(missMs, facts.report.totals.cpuMs)} of CPU time.`,
      remedy: isPackage ? REMEDY_FOR_CONFIG : REMEDY_FOR_KEY,
      costMs: missMs,
      position: null,
    }
  })
}

function proofText({ proof, comparedFiles }: UnstableKeys): string {
  const files = count(comparedFiles, 'file')
  if (proof === 'asked again')
    return `Asked twice in one process for the keys of ${files}, it returned different ones.`
  if (proof === 'workers') return `For the same text and options of ${files}, workers got different keys.`
  return `The keys of ${files} differ from those of an earlier run, although nothing that ran has changed since.`
}
