// Preloaded into each Node of a measured command: V8's profiler runs at $LIVE_PROFILE_MICROS until the process ends, and nobody
// reads the profile. No profiler can cost less.

const { Session } = require('node:inspector')

const session = new Session()
session.connect()
session.post('Profiler.enable')
session.post('Profiler.setSamplingInterval', { interval: Number(process.env.LIVE_PROFILE_MICROS) })
session.post('Profiler.start')
