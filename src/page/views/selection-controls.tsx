// Fields that choose a part of the run.

import { CATEGORIES, PHASES } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import type { RunData } from '../data/run-data.js'
import type { Selection } from '../data/selection.js'
import { testTitle } from '../data/text.js'
import { projectTitles } from '../project-titles.js'
import { Choice, type Option } from '../widgets/choice.js'

interface Props {
  readonly data: RunData
  readonly selection: Selection
  readonly onChange: (change: Record<string, string | null>) => void
}

export function SelectionControls({ data, selection, onChange }: Props) {
  const { report } = data
  const { file } = selection
  const projects = projectTitles(report.files)
  const fileValue = (entry: FileReport) => JSON.stringify([entry.path, entry.projectId])
  const files = report.files.filter(
    entry => selection.project === undefined || entry.projectId === selection.project,
  )
  const isShared = sharedPaths(files)
  const fileTitle = ({ path, projectId }: FileReport) =>
    isShared(path) ? `${path} (${projects.get(projectId)})` : path
  return (
    <div class="controls">
      {projects.size > 1 && (
        <Choice
          label="Project"
          value={selection.project ?? file?.projectId}
          options={[...projects].map(([value, title]) => ({ value, title }))}
          onChange={project => onChange({ project, ...NO_FILE })}
        />
      )}
      <Choice
        label="Test file"
        value={file === undefined ? undefined : fileValue(file)}
        options={files.map(entry => ({ value: fileValue(entry), title: fileTitle(entry) }))}
        onChange={value => {
          const [path, project] = value === null ? [null, null] : (JSON.parse(value) as [string, string])
          onChange({ ...NO_FILE, file: path, project })
        }}
      />
      {file !== undefined && <WithinFile file={file} selection={selection} onChange={onChange} />}
      <Choice
        label="Phase"
        value={selection.phase}
        options={PHASES.map(asOption)}
        onChange={phase => onChange({ phase })}
      />
      {report.schedule.workers.length > 1 && (
        <Choice
          label="Worker"
          value={selection.worker?.toString()}
          options={report.schedule.workers.map(({ worker }) => asOption(String(worker)))}
          onChange={worker => onChange({ worker })}
        />
      )}
      <Choice
        label="Category"
        value={selection.category}
        options={CATEGORIES.map(asOption)}
        onChange={category => onChange({ category })}
      />
    </div>
  )
}

function sharedPaths(files: readonly FileReport[]): (path: string) => boolean {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { path } of files) (seen.has(path) ? shared : seen).add(path)
  return path => shared.has(path)
}

const NO_FILE = { file: null, describe: null, test: null, attempt: null, hook: null }

function WithinFile({ file, selection, onChange }: Omit<Props, 'data'> & { file: FileReport }) {
  const blocks = new Map(
    file.tests.flatMap(({ name }) =>
      name
        .slice(0, -1)
        .map(
          (_, level) =>
            [JSON.stringify(name.slice(0, level + 1)), name.slice(0, level + 1).join(' › ')] as const,
        ),
    ),
  )
  const tests = new Map(file.tests.map(({ index, name }) => [index, testTitle(name)]))
  const attempts = new Set(
    file.tests
      .filter(({ index }) => selection.test === undefined || index === selection.test)
      .map(({ attempt }) => String(attempt)),
  )
  return (
    <>
      {blocks.size > 0 && (
        <Choice
          label="Describe block"
          value={selection.describe === undefined ? undefined : JSON.stringify(selection.describe)}
          options={[...blocks].map(([value, title]) => ({ value, title }))}
          onChange={describe => onChange({ describe, test: null, attempt: null })}
        />
      )}
      <Choice
        label="Test"
        value={selection.test?.toString()}
        options={[...tests].map(([index, title]) => ({ value: String(index), title }))}
        onChange={test => onChange({ test, attempt: null, describe: null })}
      />
      {(attempts.size > 1 || selection.attempt !== undefined) && (
        <Choice
          label="Attempt"
          value={selection.attempt?.toString()}
          options={[...attempts].toSorted().map(asOption)}
          onChange={attempt => onChange({ attempt })}
        />
      )}
      {file.hooks.length > 0 && (
        <Choice
          label="Hook"
          value={selection.hook?.toString()}
          options={file.hooks.map(({ type, describe, line }, index) => ({
            value: String(index),
            title: `${type} ${describe.join(' › ')} :${line}`,
          }))}
          onChange={hook => onChange({ hook })}
        />
      )}
    </>
  )
}

function asOption(value: string): Option {
  return { value, title: value }
}
