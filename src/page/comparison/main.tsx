// The page of a comparison begins.

import type { PageCalls, PageComparison } from '../../formats/html/comparison-page-data.js'
import { startPage } from '../start-page.js'
import { CallsData } from './calls-data.js'
import { ComparisonApp } from './comparison-app.js'

startPage<PageComparison, PageCalls>({
  blocks: ['comparison', 'calls'],
  show: (page, calls) => (
    <ComparisonApp data={{ page, calls: calls === undefined ? undefined : new CallsData(calls) }} />
  ),
  elsewhere: 'the command that wrote it prints the same figures.',
})
