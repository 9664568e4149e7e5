// Preloaded into each Node of a measured command: as it ends, it adds its own peak of resident memory, in KiB, to the
// folder $PEAK_MEMORY_FOLDER.

const { writeFileSync } = require('node:fs')
const { join } = require('node:path')

process.on('exit', () => {
  const { maxRSS } = process.resourceUsage()
  writeFileSync(join(process.env.PEAK_MEMORY_FOLDER, `${process.pid}`), String(maxRSS))
})
