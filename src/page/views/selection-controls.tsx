// Fields that choose a part of the run.

import { rollup } from 'd3-array'
import { CATEGORIES, PHASES } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import { nameText } from '../../tables/names.js'
import type { RunData } from '../data/run-data.js'
import type { Selection } from '../data/selection.js'
import { projectTitles, testTitle } from '../data/text.js'
import { Choice, type OnChange } from '../widgets/controls.js'

interface Props {
  readonly data: RunData
  readonly selection: Selection
  readonly onChange: OnChange
}

export function SelectionControls({ data, selection, onChange }: Props) {
  const { files, schedule } = data.report
  const { file, project } = selection
  const projects = projectTitles(files)
  const workers = schedule.workers.map(({ worker }) => String(worker))
  return (
    <div class="controls">
      {projects.size > 1 && (
        <Choice
          label="Project"
          value={project ?? file?.projectId}
          options={projects}
          onChange={value => onChange({ project: value, ...NO_FILE })}
        />
      )}
      <Choice
        label="Test file"
        value={file && fileValue(file)}
        options={fileOptions(
          files.filter(({ projectId }) => project === undefined || projectId === project),
          projects,
        )}
        onChange={value => {
          const [path, projectId] = value === null ? [null, null] : (JSON.parse(value) as [string, string])
          onChange({ ...NO_FILE, file: path, project: projectId })
        }}
      />
      {file !== undefined && <WithinFile file={file} selection={selection} onChange={onChange} />}
      <Choice
        label="Phase"
        value={selection.phase}
        options={PHASES}
        onChange={phase => onChange({ phase })}
      />
      {workers.length > 1 && (
        <Choice
          label="Worker"
          value={selection.worker?.toString()}
          options={workers}
          onChange={worker => onChange({ worker })}
        />
      )}
      <Choice
        label="Category"
        value={selection.category}
        options={CATEGORIES}
        onChange={category => onChange({ category })}
      />
    </div>
  )
}

const NO_FILE = { file: null, describe: null, test: null, attempt: null, hook: null }

function fileValue({ path, projectId }: FileReport): string {
  return JSON.stringify([path, projectId])
}

/** Files that share a path are told apart by their projects. */
function fileOptions(files: readonly FileReport[], projects: ReadonlyMap<string, string>) {
  const amounts = rollup(
    files,
    own => own.length,
    ({ path }) => path,
  )
  const titleOf = ({ path, projectId }: FileReport) =>
    amounts.get(path) === 1 ? path : `${path} (${projects.get(projectId)})`
  return new Map(files.map(file => [fileValue(file), titleOf(file)]))
}

function WithinFile({ file, selection, onChange }: Omit<Props, 'data'> & { file: FileReport }) {
  const { describe, test, attempt, hook } = selection
  const blocks = file.tests.flatMap(({ name }) =>
    name.slice(0, -1).map((_, level) => name.slice(0, level + 1)),
  )
  const attempts = file.tests.filter(({ index }) => test === undefined || index === test)
  const attemptOptions = [...new Set(attempts.map(entry => String(entry.attempt)))].toSorted()
  return (
    <>
      {blocks.length > 0 && (
        <Choice
          label="Describe block"
          value={describe && JSON.stringify(describe)}
          options={new Map(blocks.map(block => [JSON.stringify(block), nameText(block)]))}
          onChange={value => onChange({ describe: value, test: null, attempt: null })}
        />
      )}
      <Choice
        label="Test"
        value={test?.toString()}
        options={new Map(file.tests.map(({ index, name }) => [String(index), testTitle(name)]))}
        onChange={value => onChange({ test: value, attempt: null, describe: null })}
      />
      {(attemptOptions.length > 1 || attempt !== undefined) && (
        <Choice
          label="Attempt"
          value={attempt?.toString()}
          options={attemptOptions}
          onChange={value => onChange({ attempt: value })}
        />
      )}
      {file.hooks.length > 0 && (
        <Choice
          label="Hook"
          value={hook?.toString()}
          options={
            new Map(
              file.hooks.map(({ type, describe: names, line }, index) => [
                String(index),
                `${type} ${nameText(names)} :${line}`,
              ]),
            )
          }
          onChange={value => onChange({ hook: value })}
        />
      )}
    </>
  )
}
