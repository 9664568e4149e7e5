// npm leaves optional packages of other platforms out of a lockfile when it cannot see them, because of a bug of its own
// (https://github.com/npm/cli/issues/4828) or of a mirror that does not carry them, and `npm ci` then refuses the
// lockfile everywhere. This adds what is missing: node scripts/complete-lockfile.mjs [package-lock.json …]

import { readFileSync, writeFileSync } from 'node:fs'

const OPERATING_SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
]

for (const path of process.argv.slice(2)) {
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  const { packages } = lock
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (parent === '' || findInstalled(packages, parent, name)) continue
      const [os, cpu] = [OPERATING_SYSTEMS, PROCESSORS].map(known =>
        name.split(/[-/]/).filter(word => known.includes(word)),
      )
      const platform = { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }) }
      packages[`node_modules/${name}`] = { version, ...platform, ...(dev && { dev }), optional: true }
      console.log(`${path}: ${name}@${version}`)
    }
  }
  lock.packages = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
}

/** Node's own look-up, from the parent's folder outwards. */
function findInstalled(packages, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true
    if (folder === '') return false
  }
}
