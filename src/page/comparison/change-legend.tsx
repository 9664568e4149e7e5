// What the colours of change stand for, and how sure they are.

import type { PageComparison } from '../../formats/html/comparison-page-data.js'
import { percent } from '../../report/views/figures.js'
import { NOISE_ERRORS } from './call-change.js'
import { colourLegend } from './change-colours.js'

export function ChangeLegend({ comparison }: Pick<PageComparison, 'comparison'>) {
  const { drift, method } = comparison
  return (
    <>
      <p class="legend">
        {colourLegend().map(({ colour, text }) => (
          <span key={text}>
            <i style={{ background: colour }} /> {text}
          </span>
        ))}
      </p>
      <p class="sub hint">
        Times are means of a side’s runs, with all that was called. A call is grey as long as its mean changed
        by no more than {NOISE_ERRORS} standard errors, of the runs or of sampling, whichever are larger
        {drift !== null &&
          `, or by less than the ${percent(drift.allowance, 1)} that the machine may have changed by`}
        . {SURE[method.kind]} Click or press Enter to zoom in both, Escape to see everything again; hold Ctrl
        and turn the wheel to zoom freely.
      </p>
    </>
  )
}

const SURE = {
  statistics:
    'Colours are for finding what changed, they are not corrected for the number of calls: the tables say what is shown.',
  ranges: 'With so few runs a colour may be noise, too.',
  'sampling error': 'Of one run a side a colour may be chance: how runs differ by themselves is not known.',
}
