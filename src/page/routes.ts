// The state of a page is in its URL fragment, `#view?name=value&…`, so the back button and shared links work.

import type { FileReport, TestReport } from '../report/file-report.js'
import type { CallTarget } from '../tables/cell.js'

/** The titles of views with a tab. */
export const TABS = {
  overview: 'Overview',
  flame: 'Flame graph',
  tests: 'Tests',
  files: 'Files',
  calls: 'Calls',
  functions: 'Functions',
  lines: 'Lines',
  packages: 'Packages',
  imports: 'Imports',
  hooks: 'Hooks',
  waits: 'Waits',
  memory: 'Memory',
} as const

/** Views that need a profile. */
const OF_PROFILE: ReadonlySet<string> = new Set([
  'flame',
  'calls',
  'functions',
  'lines',
  'packages',
  'function',
  'call',
])

export function needsProfile(view: string): boolean {
  return OF_PROFILE.has(view)
}

/** The tabs of views of a single item. */
const TAB_OF = {
  test: 'tests',
  file: 'files',
  call: 'calls',
  function: 'functions',
  source: 'lines',
} as const

export type View = keyof typeof TABS | keyof typeof TAB_OF
export const VIEWS = Object.keys({ ...TABS, ...TAB_OF }) as View[]

export function tabOf(view: View): View {
  return view in TAB_OF ? TAB_OF[view as keyof typeof TAB_OF] : view
}

export type Params = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Route<Name extends string = View> {
  readonly view: Name
  readonly params: URLSearchParams
}

/** An unknown view becomes `first`. */
export function parseRoute<Name extends string>(
  views: readonly Name[],
  first: Name,
  hash: string,
): Route<Name> {
  const [, name, query] = /^#?([^?]*)\??(.*)$/s.exec(hash) ?? []
  return { view: views.find(known => known === name) ?? first, params: new URLSearchParams(query) }
}

/** The link to a view of a run. */
export const href: (view: View, params?: Params) => string = fragment

/** The link to a view of any page. */
export function fragment(view: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || value === '' || value === false) continue
    query.set(name, value === true ? '1' : String(value).toWellFormed())
  }
  const text = query.toString()
  return `#${view}${text === '' ? '' : `?${text}`}`
}

/** The link to the same view with changed parameters. */
export function changed({ view, params }: Route<string>, change: Params): string {
  return fragment(view, { ...Object.fromEntries(params), ...change })
}

/** The parameters that identify a test file. */
export function fileParams({ path, projectId }: Pick<FileReport, 'path' | 'projectId'>) {
  return { file: path, project: projectId }
}

export function fileLink(file: Pick<FileReport, 'path' | 'projectId'>): string {
  return href('file', fileParams(file))
}

export function testLink(
  file: Pick<FileReport, 'path' | 'projectId'>,
  { index, attempt }: Pick<TestReport, 'index'> & { attempt?: number | undefined },
): string {
  return href('test', { ...fileParams(file), test: index, attempt })
}

export function sourceLink({ file, line }: { file: string; line: number }): string {
  return href('source', { file, line: line > 0 ? line : undefined })
}

export function functionLink(place: { name: string; file: string; line: number; column: number }): string {
  const { name, file, line, column } = place
  return href('function', { name, at: `${file}:${line}:${column}` })
}

export function callLink({ kind, package: owner, function: name }: CallTarget): string {
  return href('call', { kind, package: owner, name })
}
