// The entry of the comparison page.

import type { PageCalls, PageComparison } from '../../formats/html/page-data.js'
import { startPage } from '../start-page.js'
import { ComparisonApp } from './comparison-app.js'
import { ComparisonData } from './comparison-data.js'

startPage<PageComparison, PageCalls>({
  blocks: ['comparison', 'calls'],
  show: (page, calls) => <ComparisonApp data={new ComparisonData(page, calls)} />,
  elsewhere: 'the command that wrote it prints the same data.',
})
