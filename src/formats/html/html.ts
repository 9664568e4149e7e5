// `report.html`: one file with all that it needs. Its data are compressed and no script of their own, its policy lets
// nothing in from anywhere, and only the very scripts and styles that the package was built with run.

import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Profile } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { packProfile } from './pack-profile.js'
import type { PageReport } from './page-data.js'

/** The page's own code, as the package's build has made it. */
export interface PageAssets {
  readonly script: string
  readonly style: string
}

export interface HtmlOptions {
  readonly assets: PageAssets
  /** Texts of source files by path relative to `rootDir`. */
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
  const { script, style } = assets
  const policy = [
    "default-src 'none'",
    `script-src '${sha256(script)}'`,
    `style-src '${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const title = `Test profile of ${posix.basename(report.run.rootDir) || 'a project'}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="app"><p class="loading">Reading the profile …</p>
<p class="loading late">If this stays, the server forbids scripts: download the file, or read report.md.</p></div>
<noscript><p>This page needs JavaScript. report.md, beside it, holds the same figures as text.</p></noscript>
<script type="application/gzip" id="report">${packed(pageReport)}</script>
<script type="application/gzip" id="profile">${packed(packProfile(profile, report, { sources }))}</script>
<script>${script}</script>
</body>
</html>
`
}

function packed(data: unknown): string {
  return gzipSync(JSON.stringify(data), { level: 6 }).toString('base64')
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
