// The frame of every page: one file with all that it needs. Its data are compressed and no script of their own, its policy
// lets nothing in from anywhere, and only the very scripts and styles that the package was built with run.

import { createHash } from 'node:crypto'
import { GzipParts } from '../gzip-parts.js'
import { jsonParts } from '../json.js'

/** A page's own code, as the package's build has made it. */
export interface PageAssets {
  readonly script: string
  readonly style: string
}

interface PageShell {
  readonly assets: PageAssets
  readonly title: string
  /** By the id under which the page's script finds each. */
  readonly blocks: Readonly<Record<string, unknown>>
  /** Said while the data are read, and where scripts do not run. */
  readonly loading: string
  readonly withoutScripts: { readonly forbidden: string; readonly off: string }
}

export function pageHtml({ assets, title, blocks, loading, withoutScripts }: PageShell): string {
  const { script, style } = assets
  const policy = [
    "default-src 'none'",
    `script-src '${sha256(script)}'`,
    `style-src '${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const data = Object.entries(blocks).map(
    ([id, block]) => `<script type="application/gzip" id="${id}">${packed(block)}</script>`,
  )
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
<div id="app"><p class="loading">${loading}</p>
<p class="loading late">${withoutScripts.forbidden}</p></div>
<noscript><p>${withoutScripts.off}</p></noscript>
${data.join('\n')}
<script>${script}</script>
</body>
</html>
`
}

/** Characters that are compressed at once. */
const PART = 4 * 1024 * 1024

function packed(data: unknown): string {
  const file = new GzipParts({ level: 6 })
  let text = ''
  const compress = () => {
    file.add(Buffer.from(text))
    text = ''
  }
  for (const part of jsonParts(data)) {
    text += part
    if (text.length >= PART) compress()
  }
  compress()
  return Buffer.concat(file.end()).toString('base64')
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
