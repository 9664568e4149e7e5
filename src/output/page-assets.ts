// The code of report.html, as the package's build has bundled it.

import { readFileSync } from 'node:fs'
import type { PageAssets } from '../formats/html/html.js'

export function readPageAssets(): PageAssets {
  const read = (name: string) => readFileSync(new URL(`../page/${name}`, import.meta.url), 'utf8')
  return { script: read('main.js'), style: read('style.css') }
}
