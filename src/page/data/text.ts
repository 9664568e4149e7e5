// Text on the page. Names come from test code: they are shown as one line of plain text.

import type { FileReport } from '../../report/file-report.js'
import { nameText, pathText } from '../../report/views/names.js'

/** Removes control characters, line breaks, and marks that change the direction of text. */
export function sanitize(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').toWellFormed()
}

/** Source code with its lines, without characters that would affect the text around it. */
export function codeText(text: string): string {
  return text
    .replace(/\t/g, '  ')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '�')
    .toWellFormed()
}

/** A path of the report, shortened. */
export function pathName(path: string): string {
  return pathText(sanitize(path))
}

export function testTitle(name: readonly string[]): string {
  return sanitize(nameText(name)) || '(no name)'
}

export function position(file: string, line: number, column = 0): string {
  if (file === '') return ''
  return [pathName(file), ...(line > 0 ? [line, ...(column > 0 ? [column] : [])] : [])].join(':')
}

/** Titles by project id, in the order of the files: the display name, the common folder of the test files, or a number. */
export function projectTitles(
  files: readonly Pick<FileReport, 'path' | 'project' | 'projectId'>[],
): ReadonlyMap<string, string> {
  const ids = [...new Set(files.map(({ projectId }) => projectId))]
  const names = ids.map(id => {
    const own = files.filter(({ projectId }) => projectId === id)
    return own[0]?.project || commonFolder(own.map(({ path }) => path))
  })
  return new Map(
    ids.map((id, index) => {
      const name = names[index] ?? ''
      const isClear = name !== '' && names.indexOf(name) === names.lastIndexOf(name)
      return [id, isClear ? name : `${name} project ${index + 1}`.trim()]
    }),
  )
}

/** The innermost folder of all paths; `''` without one. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  const folders = first.split('/').slice(0, -1)
  const differs = folders.findIndex((_, depth) => {
    const start = `${folders.slice(0, depth + 1).join('/')}/`
    return others.some(path => !path.startsWith(start))
  })
  return (differs < 0 ? folders : folders.slice(0, differs)).join('/')
}
