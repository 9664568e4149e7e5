// Every view, selection and search is a URL fragment: `#view?name=value&…`. The back button and shared links need
// nothing more.

import type { FileReport, TestReport } from '../report/file-report.js'

export const VIEWS = [
  'overview',
  'flame',
  'tests',
  'files',
  'functions',
  'lines',
  'packages',
  'imports',
  'hooks',
  'waits',
  'test',
  'file',
  'function',
  'source',
] as const
export type View = (typeof VIEWS)[number]

export type Params = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Route<Name extends string = View> {
  readonly view: Name
  readonly params: URLSearchParams
}

/** An unknown fragment shows the overview. */
export function parseRoute(hash: string): Route {
  return routeAmong(VIEWS, hash)
}

/** The route of a page with these views; an unknown fragment shows the first. */
export function routeAmong<Name extends string>(
  views: readonly [Name, ...Name[]],
  hash: string,
): Route<Name> {
  const [name = '', query = ''] = splitOnce(hash.replace(/^#/, ''), '?')
  const view = views.find(known => known === name) ?? views[0]
  return { view, params: new URLSearchParams(query) }
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

export function href(view: View, params: Params = {}): string {
  return fragment(view, params)
}

/** `view`: of whichever page. */
export function fragment(view: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || value === '' || value === false) continue
    query.set(name, value === true ? '1' : String(value).toWellFormed())
  }
  const text = query.toString()
  return `#${view}${text === '' ? '' : `?${text}`}`
}

/** The same view with some parameters changed. */
export function changed({ view, params }: Route<string>, change: Params): string {
  return fragment(view, { ...Object.fromEntries(params), ...change })
}

export function fileLink(
  file: Pick<FileReport, 'path' | 'project' | 'projectId'>,
  params: Params = {},
): string {
  return href('file', { file: file.path, project: file.projectId, ...params })
}

export function testLink(
  { path, projectId }: { path: string; projectId: string },
  { index, attempt }: Pick<TestReport, 'index'> & { attempt?: number | undefined },
): string {
  return href('test', { file: path, project: projectId, test: index, attempt })
}

export function sourceLink({ file, line }: { file: string; line: number }): string {
  return href('source', { file, line: line > 0 ? line : undefined })
}

export function functionLink(place: { name: string; file: string; line: number; column: number }): string {
  const { name, file, line, column } = place
  return href('function', { name, at: `${file}:${line}:${column}` })
}
