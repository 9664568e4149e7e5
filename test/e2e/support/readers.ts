// Programs that read what we write and that not every machine can have: a test that needs one is skipped without it,
// and says so, but where JEST_PROFILER_REQUIRE_READERS=1 asks for all of them.

import { test } from '@jest/globals'

/** Undefined where `find` throws; its message tells why. */
export async function findReader<Reader>(
  name: string,
  find: () => Reader | Promise<Reader>,
): Promise<Reader | undefined> {
  try {
    return await find()
  } catch (cause) {
    if (process.env.JEST_PROFILER_REQUIRE_READERS === '1') throw new Error(`${name} is missing`, { cause })
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    console.warn(`jest-profiler: ${name} is missing, so that its tests are skipped: ${reason}`)
    return undefined
  }
}

/** A `test` that is skipped without its reader. */
export function testWith<Reader>(reader: Reader | undefined) {
  return (name: string, body: (reader: Reader) => Promise<void>) => {
    if (reader === undefined) test.skip(name, () => {})
    else test(name, () => body(reader))
  }
}
