// Preloaded into each Node of a measured command: as it ends, it adds what it has used to the folder $PROCESS_USE_FOLDER.
// Not in it: what Node does after that, such as writing the profile of --cpu-prof.

const { writeFileSync } = require('node:fs')
const { join } = require('node:path')

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const use = {
    // Jest sets JEST_WORKER_ID in its own process, too, when it runs tests there.
    isWorker: process.channel !== undefined,
    peakKibibytes: maxRSS,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  }
  writeFileSync(join(process.env.PROCESS_USE_FOLDER, `${process.pid}`), JSON.stringify(use))
})
