// Names as links, categories with their colour, and text with code spans.

import type { Category as Name } from '../../profile/profile.js'
import type { FileReport } from '../../report/file-report.js'
import { CATEGORY_LOOKS } from '../categories.js'
import { pathName, position, sanitize } from '../data/text.js'
import { fileLink, functionLink, sourceLink } from '../routes.js'

export function FunctionName(place: { name: string; file: string; line: number; column: number }) {
  return (
    <a class="name" href={functionLink(place)}>
      {sanitize(place.name) || '(anonymous)'}
    </a>
  )
}

/** A link to the source, unless it is built into Node. Nothing for what has no file, so that its cell is empty. */
export function Place({ file, line, column = 0 }: { file: string; line: number; column?: number }) {
  const text = position(file, line, column)
  if (text === '') return null
  if (file === '' || file.startsWith('node:')) return <span class="path">{text}</span>
  return (
    <a class="path" href={sourceLink({ file, line })}>
      {text}
    </a>
  )
}

export function FileName({ file }: { file: Pick<FileReport, 'path' | 'project' | 'projectId'> }) {
  return (
    <a class="name path" href={fileLink(file)}>
      {pathName(file.path)}
      {file.project !== '' && <span class="tag">{sanitize(file.project)}</span>}
    </a>
  )
}

export function Category({ name }: { name: Name }) {
  return (
    <span class="category" title={CATEGORY_LOOKS[name].meaning}>
      <i style={{ background: CATEGORY_LOOKS[name].colour }} /> {name}
    </span>
  )
}

/** Text with `code` spans in backticks. */
export function Marked({ text }: { text: string }) {
  // Every second part is between backticks.
  return sanitize(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}
