// The Node versions of the tests; their binaries are npm packages.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cache.js'
import { npm, runOrThrow } from './commands.js'

const VERSIONS: Readonly<Record<string, string>> = {
  20: '20.20.2',
  22: '22.23.3',
  24: '24.21.0',
  26: '26.10.0',
}

const OWN_MAJOR = process.versions.node.replace(/\..*/, '')

/** Major versions to test on: all, or those in E2E_NODES, such as `20,26`. */
export const NODE_MAJORS = process.env.E2E_NODES?.split(',') ?? Object.keys(VERSIONS)

export const OLDEST_NODE = NODE_MAJORS[0] ?? OWN_MAJOR
export const NEWEST_NODE = NODE_MAJORS.at(-1) ?? OWN_MAJOR

/** The path of a Node with the given major version; the running one if it has that version. */
export async function nodeBinary(major: string): Promise<string> {
  const version = VERSIONS[major]
  if (major === OWN_MAJOR || version === undefined) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  const directory = await cached(`node-${major}`, `${name}@${version}`, async folder => {
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies: { [name]: version } }),
    )
    mkdirSync(join(folder, 'node_modules'))
    await runOrThrow(npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder })
  })
  return join(directory, 'node_modules', name, platform === 'win' ? 'bin/node.exe' : 'bin/node')
}
