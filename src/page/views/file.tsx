// One test file: its phases, its tests, its hooks, and its flame graph.

import { rerunCommand } from '../../formats/rerun-command.js'
import type { FileReport } from '../../report/file-report.js'
import { duration } from '../../report/views/figures.js'
import { countCell, durationCell } from '../../tables/cell.js'
import { hookName } from '../../tables/names.js'
import { singleTests, TESTS } from '../../tables/test-tables.js'
import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { plain } from '../data/text.js'
import { projectTitles } from '../project-titles.js'
import { href } from '../routes.js'
import { BarRows } from '../widgets/bar-rows.js'
import { CopyButton } from '../widgets/copy-button.js'
import { DataTable } from '../widgets/data-table.js'
import { Place } from '../widgets/links.js'
import { PhaseBars } from '../widgets/phase-bars.js'
import { NotFound } from './needs-profile.js'
import type { ViewProps } from './table-view.js'

export function FilePage({ data, route }: ViewProps) {
  const file = data.file(route.params.get('file') ?? '', route.params.get('project') ?? undefined)
  if (file === undefined) return <NotFound what="There is no such test file." />
  const missing = missingOf(data, file)
  const titles = projectTitles(data.report.files)
  const project = file.project || (titles.size > 1 ? titles.get(file.projectId) : undefined)
  const link = { file: file.path, project: file.projectId, value: ALL_TIME }
  const command = rerunCommand(data.report.run, file)
  return (
    <>
      <h1 class="path">{plain(file.path)}</h1>
      <p class="sub">
        {project !== undefined && <>{plain(project)} · </>}
        <span class={`status ${file.status}`}>{file.status}</span> · {duration(file.wallMs)}
        {file.worker !== null && (
          <>
            {' '}
            · worker {file.worker}, from {duration(file.startedAtMs)} on
          </>
        )}
      </p>
      {missing.map(({ reason, remedy }) => (
        <p key={reason} class="warning">
          Not fully profiled: {plain(reason)}. {plain(remedy)}
        </p>
      ))}
      <p class="choice">
        <a href={href('flame', link)}>Flame graph, merged</a>
        <a href={href('flame', { ...link, mode: 'time' })}>Flame graph, chronological</a>
      </p>
      <p>
        <code>{plain(command)}</code> <CopyButton label="Copy" text={() => command} />
      </p>
      {file.phases !== null && (
        <section>
          <h2>Where its time went</h2>
          <PhaseBars
            phases={file.phases}
            wallMs={file.wallMs}
            caption="Wall time of the file by phase"
            link={phase =>
              href('flame', { file: file.path, project: file.projectId, phase, value: ALL_TIME })
            }
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
      {file.hooks.length > 0 && <FileHooks file={file} />}
    </>
  )
}

/** Where projects share a path, only files that were not recorded to their end can be meant. */
function missingOf({ report }: RunData, { path, recording, status }: FileReport) {
  const isShared = report.files.filter(file => file.path === path).length > 1
  if (isShared && recording !== null && status !== 'unfinished') return []
  return report.missing.filter(entry => entry.file === path)
}

function FileHooks({ file }: { file: FileReport }) {
  const link = { file: file.path, project: file.projectId, value: ALL_TIME }
  return (
    <section>
      <h2>Hooks</h2>
      <BarRows
        rows={file.hooks.map((hook, index) => ({
          figures: [
            durationCell(hook.runs.reduce((sum, run) => sum + run.wallMs, 0)),
            countCell(hook.runs.length),
          ],
          content: (
            <>
              <a href={href('flame', { ...link, hook: index })}>{plain(hookName(hook))}</a>{' '}
              <Place {...hook} />
            </>
          ),
        }))}
      />
    </section>
  )
}
