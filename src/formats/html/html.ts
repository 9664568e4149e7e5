// `report.html`: the page of a run, with the report and the profile in it.

import type { Profile } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { packProfile } from './pack-profile.js'
import type { PageReport } from './page-data.js'
import { type PageAssets, pageHtml } from './page-shell.js'

export interface HtmlOptions {
  readonly assets: PageAssets
  /** Texts of source files by path relative to the display root. */
  readonly sources: Readonly<Record<string, string>>
  /** Paths of the run's other artifacts, relative to the page, by their names. */
  readonly artifacts: Readonly<Record<string, string>>
}

export function toHtml(
  profile: Profile,
  report: Report,
  { assets, sources, artifacts }: HtmlOptions,
): string {
  const pageReport: PageReport = { report, artifacts }
  return pageHtml({
    assets,
    title: `Test profile of ${report.run.suite || 'a project'}`,
    blocks: { report: pageReport, profile: packProfile(profile, report, { sources }) },
    loading: 'Reading the profile …',
    withoutScripts: {
      forbidden: 'If this stays, the server forbids scripts: download the file, or read report.md.',
      off: 'This page needs JavaScript. report.md, beside it, holds the same figures as text.',
    },
  })
}
