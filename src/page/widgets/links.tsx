// Names that lead to their own pages.

import type { FileReport, TestReport } from '../../report/file-report.js'
import { pathName, plain, position, testTitle } from '../data/text.js'
import { fileLink, functionLink, sourceLink, testLink } from '../routes.js'

export function FunctionName({
  name,
  file,
  line,
  column,
}: {
  name: string
  file: string
  line: number
  column: number
}) {
  return (
    <a class="name" href={functionLink({ name, file, line, column })}>
      {plain(name) || '(anonymous)'}
    </a>
  )
}

/** Leads to the source, but for what stands in no file of anybody's. */
export function Place({ file, line, column = 0 }: { file: string; line: number; column?: number }) {
  const text = position(file, line, column)
  if (file === '' || file.startsWith('node:')) return <span class="path">{text}</span>
  return (
    <a class="path" href={sourceLink({ file, line })}>
      {text}
    </a>
  )
}

export function TestName({
  file,
  test,
}: {
  file: Pick<FileReport, 'path' | 'projectId'>
  test: Pick<TestReport, 'index' | 'attempt' | 'name'>
}) {
  return (
    <a class="name" href={testLink(file, test)}>
      {testTitle(test.name)}
      {test.attempt > 1 && <span class="tag">attempt {test.attempt}</span>}
    </a>
  )
}

export function FileName({ file }: { file: Pick<FileReport, 'path' | 'project' | 'projectId'> }) {
  return (
    <a class="name path" href={fileLink(file)}>
      {pathName(file.path)}
      {file.project !== '' && <span class="tag">{plain(file.project)}</span>}
    </a>
  )
}
