// Fields that select a part of the run.

import { rollup } from 'd3-array'
import { CATEGORIES, PHASES } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import { nameText } from '../../report/views/names.js'
import type { RunData } from '../data/run-data.js'
import type { Selection } from '../data/selection.js'
import { projectTitles, testTitle } from '../data/text.js'
import { Choice, type ChoiceProps, type LinkChange } from '../widgets/controls.js'

interface Props {
  readonly data: RunData
  readonly selection: Selection
  readonly onChange: (change: LinkChange) => void
}

/** `change`: the change of the link when `chosen` is selected; null selects everything. */
type Field = Omit<ChoiceProps, 'onChange'> & { readonly change: (chosen: string | null) => LinkChange }

export function SelectionControls({ data, selection, onChange }: Props) {
  const { files, schedule } = data.report
  const { file, project, phase, worker, category } = selection
  const projects = projectTitles(files)
  const workers = schedule.workers.map(entry => String(entry.worker))
  const ofProject = files.filter(({ projectId }) => project === undefined || projectId === project)
  const fields: (Field | false)[] = [
    projects.size > 1 && {
      label: 'Project',
      value: project ?? file?.projectId,
      options: projects,
      change: chosen => ({ ...NO_FILE, project: chosen }),
    },
    {
      label: 'Test file',
      value: file && fileValue(file),
      options: fileOptions(ofProject, projects),
      change: chosen => {
        const [path, projectId] = chosen === null ? [null, null] : (JSON.parse(chosen) as [string, string])
        return { ...NO_FILE, file: path, project: projectId }
      },
    },
    ...(file === undefined ? [] : fieldsWithin(file, selection)),
    { label: 'Phase', value: phase, options: PHASES, change: chosen => ({ phase: chosen }) },
    workers.length > 1 && {
      label: 'Worker',
      value: worker?.toString(),
      options: workers,
      change: chosen => ({ worker: chosen }),
    },
    { label: 'Category', value: category, options: CATEGORIES, change: chosen => ({ category: chosen }) },
  ]
  return (
    <div class="controls">
      {fields.map(
        field =>
          field && (
            <Choice key={field.label} {...field} onChange={chosen => onChange(field.change(chosen))} />
          ),
      )}
    </div>
  )
}

const NO_FILE = { file: null, describe: null, test: null, attempt: null, hook: null }

function fileValue({ path, projectId }: FileReport): string {
  return JSON.stringify([path, projectId])
}

/** Files of the same path are distinguished by their projects. */
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

function fieldsWithin({ tests, hooks }: FileReport, selection: Selection): (Field | false)[] {
  const { describe, test, attempt, hook } = selection
  const blocks = tests.flatMap(({ name }) => name.slice(0, -1).map((_, level) => name.slice(0, level + 1)))
  const own = tests.filter(({ index }) => test === undefined || index === test)
  const attempts = [...new Set(own.map(entry => String(entry.attempt)))].toSorted()
  const hookTitle = ({ type, describe: names, line }: (typeof hooks)[number]) =>
    `${type} ${nameText(names)} :${line}`
  return [
    blocks.length > 0 && {
      label: 'Describe block',
      value: describe && JSON.stringify(describe),
      options: new Map(blocks.map(block => [JSON.stringify(block), nameText(block)])),
      change: chosen => ({ describe: chosen, test: null, attempt: null }),
    },
    {
      label: 'Test',
      value: test?.toString(),
      options: new Map(tests.map(({ index, name }) => [String(index), testTitle(name)])),
      change: chosen => ({ test: chosen, attempt: null, describe: null }),
    },
    (attempts.length > 1 || attempt !== undefined) && {
      label: 'Attempt',
      value: attempt?.toString(),
      options: attempts,
      change: chosen => ({ attempt: chosen }),
    },
    hooks.length > 0 && {
      label: 'Hook',
      value: hook?.toString(),
      options: new Map(hooks.map((entry, index) => [String(index), hookTitle(entry)])),
      change: chosen => ({ hook: chosen }),
    },
  ]
}
