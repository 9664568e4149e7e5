// Programs that read the profiler's formats, which not every machine has. Without a program, its tests are skipped with a warning,
// or fail with JEST_PROFILER_REQUIRE_READERS=1.

import { test } from '@jest/globals'

/** Returns undefined when `find` throws, and warns with its message. */
export async function findReader<Reader>(
  name: string,
  find: () => Reader | Promise<Reader>,
): Promise<Reader | undefined> {
  try {
    return await find()
  } catch (cause) {
    if (process.env.JEST_PROFILER_REQUIRE_READERS === '1') throw new Error(`${name} is missing`, { cause })
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    console.warn(`${name} is missing, so that its tests are skipped: ${reason}`)
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
