// Memory: sandboxes that are never freed, with what holds them, and the heap after each test file.

import { ALLOCATED } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { ALLOCATING_MODULES, ALLOCATING_TESTS, ALLOCATIONS } from '../../tables/allocation-tables.js'
import { HEAP, KEPT_SANDBOXES } from '../../tables/memory-tables.js'
import { href } from '../routes.js'
import { DataTable } from '../widgets/data-table.js'
import { HeapChart } from '../widgets/heap-chart.js'
import type { ViewProps } from './view.js'

export function Memory({ data: { report }, route }: ViewProps) {
  const kept = KEPT_SANDBOXES.rows(report)
  return (
    <>
      <h1>Memory</h1>
      <p class="sub">{HEAP.note?.(report, [])}</p>
      <section>
        <h2>{KEPT_SANDBOXES.title}</h2>
        <p class="sub">
          {KEPT_SANDBOXES.note?.(report, kept)}. {KEPT_SANDBOXES.explanation}
        </p>
        <DataTable
          caption={KEPT_SANDBOXES.title}
          columns={KEPT_SANDBOXES.columns(report)}
          rows={kept}
          route={route}
          sortBy="-retainedBytes"
          empty="None: every sandbox was freed."
        />
      </section>
      <HeapChart report={report} />
      {report.memory?.allocated == null ? null : <Allocated report={report} route={route} />}
      <section>
        <h2>{HEAP.title}</h2>
        <p class="sub">{HEAP.explanation}</p>
        <DataTable
          caption={HEAP.title}
          columns={HEAP.columns(report)}
          rows={HEAP.rows(report)}
          route={route}
          sortBy="-heapAfterBytes"
          filter
          empty={HEAP.empty}
        />
      </section>
    </>
  )
}

/** What was allocated, by test, function and module. Functions and flame graphs of it have views of their own. */
function Allocated({ report, route }: { report: Report; route: ViewProps['route'] }) {
  return (
    <>
      <section>
        <h2>{ALLOCATING_TESTS.title}</h2>
        <p class="sub">
          {ALLOCATING_TESTS.note?.(report, [])}. {ALLOCATING_TESTS.explanation}{' '}
          <a href={href('flame', { value: ALLOCATED.name })}>Flame graph of allocations</a>
        </p>
        <DataTable
          caption={ALLOCATING_TESTS.title}
          columns={ALLOCATING_TESTS.columns(report)}
          rows={ALLOCATING_TESTS.rows(report)}
          route={route}
          sortBy="-allocatedBytes"
          empty="No test allocated 1 MB."
        />
      </section>
      <section>
        <h2>{ALLOCATIONS.title}</h2>
        <p class="sub">{ALLOCATIONS.explanation}</p>
        <DataTable
          caption={ALLOCATIONS.title}
          columns={ALLOCATIONS.columns(report)}
          rows={ALLOCATIONS.rows(report)}
          route={route}
          sortBy="-bytes"
          filter
          empty={ALLOCATIONS.empty}
        />
      </section>
      <section>
        <h2>{ALLOCATING_MODULES.title}</h2>
        <p class="sub">{ALLOCATING_MODULES.explanation}</p>
        <DataTable
          caption={ALLOCATING_MODULES.title}
          columns={ALLOCATING_MODULES.columns(report)}
          rows={ALLOCATING_MODULES.rows(report)}
          route={route}
          sortBy="-bytes"
          empty="No module allocated 1 MB."
        />
      </section>
    </>
  )
}
