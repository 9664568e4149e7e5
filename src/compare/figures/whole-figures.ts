// Report → figures of the run as a whole and of its phases.

import { PHASES } from '../../profile/profile.js'
import { sumPhaseTimes } from '../../report/build/phase-reports.js'
import type { Report } from '../../report/report.js'
import type { Entity } from '../comparison.js'
import type { Figure } from './figure.js'

/** The run by the clock, and the sums over its test files. */
export function wholeFigures({ totals, phases, command }: Report): Figure[] {
  const { uncertaintyMs, gcUncertaintyMs } = sumPhaseTimes(PHASES.map(phase => phases[phase]))
  return [
    figure('run', { wall: { ms: command?.wallMs ?? totals.wallMs, errorMs: null } }),
    figure('test files', {
      wall: { ms: totals.fileWallMs, errorMs: null },
      cpu: { ms: totals.cpuMs, errorMs: uncertaintyMs },
      ...readyFigure(totals.readyMs),
      blocked: { ms: totals.blockedMs, errorMs: null },
      idle: { ms: totals.idleMs, errorMs: null },
      gc: { ms: totals.gcMs, errorMs: gcUncertaintyMs },
    }),
  ]
}

export function phaseFigures({ phases }: Report): Figure[] {
  return PHASES.map(phase => {
    const { wallMs, cpuMs, uncertaintyMs } = phases[phase]
    return figure(phase, {
      wall: { ms: wallMs, errorMs: null },
      cpu: { ms: cpuMs, errorMs: uncertaintyMs },
    })
  })
}

function figure(name: string, times: Figure['times']): Figure {
  const entity: Entity = { name: [name], file: '', project: '', line: 0, column: 0, category: null }
  return { entity, times, totalMs: null }
}

function readyFigure(readyMs: number | null): Pick<Figure['times'], 'ready'> {
  return readyMs === null ? {} : { ready: { ms: readyMs, errorMs: null } }
}
