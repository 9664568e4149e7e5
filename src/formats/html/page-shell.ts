// The HTML of every page: one file without external resources. Its data are compressed. Its policy blocks all requests,
// and all scripts and styles other than those of the package's build.

import { createHash } from 'node:crypto'
import { GzipParts } from '../gzip-parts.js'
import { jsonParts } from '../json.js'

/** A page's code from the package's build. */
export interface PageAssets {
  readonly script: string
  readonly style: string
}

interface PageShell {
  readonly assets: PageAssets
  readonly title: string
  /** The page's data by element id. */
  readonly blocks: Readonly<Record<string, unknown>>
  readonly loading: string
  /** Shown if the server blocks scripts, and if the browser does. */
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

/** Characters to compress at once. */
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
