// One test file: its phases, tests and hooks.

import { sum } from 'd3-array'
import { rerunCommand } from '../../formats/rerun-command.js'
import type { FileReport } from '../../report/file-report.js'
import { duration } from '../../report/views/figures.js'
import { hookName } from '../../report/views/names.js'
import { hasProfile } from '../../report/views/profiled.js'
import { countCell, durationCell } from '../../tables/cell.js'
import { singleTests, TESTS } from '../../tables/test-tables.js'
import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { projectTitles, sanitize } from '../data/text.js'
import { fileParams, href } from '../routes.js'
import { type BarRow, BarRows } from '../widgets/cell-view.js'
import { Command } from '../widgets/controls.js'
import { DataTable } from '../widgets/data-table.js'
import { PhaseBars } from '../widgets/figures.js'
import { Place } from '../widgets/names.js'
import { NotFound, type ViewProps } from './view.js'

export function FilePage({ data, route }: ViewProps) {
  const file = data.file(route.params.get('file') ?? '', route.params.get('project') ?? undefined)
  if (file === undefined) return <NotFound what="No such test file." />
  const missing = missingOf(data, file)
  const titles = projectTitles(data.report.files)
  const project = file.project || (titles.size > 1 ? titles.get(file.projectId) : undefined)
  const isProfiled = hasProfile(data.report)
  const link = { ...fileParams(file), value: ALL_TIME }
  return (
    <>
      <h1 class="path">{sanitize(file.path)}</h1>
      <p class="sub">
        {project !== undefined && `${sanitize(project)} · `}
        <span class={`status ${file.status}`}>{file.status}</span> · {duration(file.wallMs)}
        {file.worker !== null && ` · worker ${file.worker}, from ${duration(file.startedAtMs)} on`}
      </p>
      {missing.map(({ reason, remedy }) => (
        <p key={reason} class="warning">
          Not fully profiled: {sanitize(reason)}. {sanitize(remedy)}
        </p>
      ))}
      {isProfiled && (
        <p class="choice">
          <a href={href('flame', link)}>Flame graph, merged</a>
          <a href={href('flame', { ...link, mode: 'time' })}>Flame graph, chronological</a>
        </p>
      )}
      <Command text={rerunCommand(data.report.run, file)} />
      {file.phases !== null && (
        <section>
          <h2>Where its time went</h2>
          <PhaseBars
            phases={file.phases}
            wallMs={file.wallMs}
            caption="Wall time of the file by phase"
            link={isProfiled ? phase => href('flame', { ...link, phase }) : undefined}
          />
        </section>
      )}
      <h2>Tests</h2>
      <DataTable
        caption="Tests of this file"
        columns={TESTS.columns(data.report).filter(({ key }) => key !== 'file')}
        rows={singleTests(file)}
        route={route}
        sortBy="-wallMs"
        filter
      />
      {file.hooks.length > 0 && (
        <section>
          <h2>Hooks</h2>
          <BarRows
            rows={file.hooks.map((hook, index) =>
              hookRow(hook, isProfiled ? href('flame', { ...link, hook: index }) : undefined),
            )}
          />
        </section>
      )}
    </>
  )
}

/** If projects share the path, a missing entry refers to a file that was not completely recorded. */
function missingOf({ report }: RunData, { path, recording, status }: FileReport) {
  const isShared = report.files.filter(file => file.path === path).length > 1
  if (isShared && recording !== null && status !== 'unfinished') return []
  return report.missing.filter(entry => entry.file === path)
}

function hookRow(hook: FileReport['hooks'][number], link: string | undefined): BarRow {
  return {
    figures: [durationCell(sum(hook.runs, ({ wallMs }) => wallMs)), countCell(hook.runs.length)],
    content: (
      <>
        {link === undefined ? sanitize(hookName(hook)) : <a href={link}>{sanitize(hookName(hook))}</a>}{' '}
        <Place {...hook} />
      </>
    ),
  }
}
