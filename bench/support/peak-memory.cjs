// Preloaded into a measured Node: as it ends, it writes its own peak of resident memory, in KiB, to $PEAK_MEMORY.

const { writeFileSync } = require('node:fs')

process.on('exit', () => {
  writeFileSync(process.env.PEAK_MEMORY, String(process.resourceUsage().maxRSS))
})
