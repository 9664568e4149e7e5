// `node resolve-all.mjs <folder>`: resolves the recordings in it one by one, as the parent does while tests run, and prints
// how many positions came from a source, and the peak of resident memory.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveRecording } from '../../.cache/modules/resolve/resolve-recording.js'
import { SourceMaps } from '../../.cache/modules/resolve/source-maps.js'

const folder = join(process.argv[2], 'recordings')
const maps = new SourceMaps()
let resolved = 0
for (const name of readdirSync(folder)) {
  const recording = JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const { frames } = resolveRecording(recording, { maps, profilerDirectory: '/nowhere/' })
  resolved += frames.filter(({ generated, line }) => line > 1 && !generated).length
}
console.log(JSON.stringify({ resolved, peakKib: process.resourceUsage().maxRSS }))
