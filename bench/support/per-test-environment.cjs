// What many write by themselves: an environment that starts V8's profiler for each test, and writes each profile.
// BENCH_ENVIRONMENT names the environment it extends, BENCH_PROFILES the folder it writes to.

const { writeFileSync } = require('node:fs')
const { Session } = require('node:inspector')
const { join } = require('node:path')

const base = require(process.env.BENCH_ENVIRONMENT)
const session = new Session()
session.connect()
session.post('Profiler.enable')

let count = 0

module.exports = class extends (base.default ?? base.TestEnvironment ?? base) {
  async handleTestEvent(event) {
    if (event.name === 'test_start') session.post('Profiler.start')
    if (event.name !== 'test_done') return
    session.post('Profiler.stop', (error, { profile }) => {
      if (error !== null) throw error
      const path = join(process.env.BENCH_PROFILES, `${process.pid}-${count++}.cpuprofile`)
      writeFileSync(path, JSON.stringify(profile))
    })
  }
}
