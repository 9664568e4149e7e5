import { describe, expect, test } from '@jest/globals'
import { blockingKinds } from '../../src/attribution/blocking.js'
import { resolvedFromText } from '../support/recording.js'

/** What the innermost function of each sample waits for. */
function kinds(text: string): (string | undefined)[] {
  const recording = resolvedFromText(text)
  const ofNode = blockingKinds(recording)
  return recording.samples.node.map(node => ofNode[node])
}

describe('blockingKinds', () => {
  test('recognizes synchronous calls by the Node functions that make them; a compression only computes', () => {
    expect(
      kinds(`
        0                              1                             2                      3                            4
        A                              A                             A                      A                            A
        spawnSync[node:child_process]  execSync[node:child_process]  readFileSync[node:fs]  processChunkSync[node:zlib]  readFile[node:fs]
      `),
    ).toEqual([
      'child process (synchronous)',
      'child process (synchronous)',
      'file system (synchronous)',
      undefined,
      undefined,
    ])
  })

  test('assigns the same wait to everything below a synchronous call, and none to its caller', () => {
    expect(
      kinds(`
        0                             1
        A                             A
        execSync[node:child_process]
        readSync[node:fs]
        read[native]
      `),
    ).toEqual(['child process (synchronous)', undefined])
  })

  test('counts waits of tests and of packages they call, and not those of Jest, transformers and the packages that these call', () => {
    expect(
      kinds(`
        0                      1                         2                      3                             4
        J[jest]                J[jest]                   J[jest]                T[transform:@babel/core]      J[jest]
        C[test]                A                         readFileSync[node:fs]  G[dependency:graceful-fs]     G[dependency:graceful-fs]
        readFileSync[node:fs]  G[dependency:graceful-fs]                        readFileSync[node:fs]         readFileSync[node:fs]
                               readFileSync[node:fs]
      `),
    ).toEqual(['file system (synchronous)', 'file system (synchronous)', undefined, undefined, undefined])
  })

  test('counts a transformer’s child processes as waits, and its file reads as its own cost', () => {
    const spawns = 'spawnSync[transform:node:child_process]'
    const below = (...names: string[]) => kinds(['0', 'J[jest]', 'T[transform]', ...names].join('\n'))
    expect(below(spawns, 'read[native]')).toEqual(['child process (synchronous)'])
    expect(below('readFileSync[transform:node:fs]')).toEqual([undefined])
    expect(below('spawnSync[transform:execa]')).toEqual([undefined])
    expect(kinds('0\nJ[jest]\nspawnSync[node:child_process]')).toEqual([undefined])
  })

  test('counts a transformer’s file reads as its own cost, even when the project’s code calls it', () => {
    expect(
      kinds(`
        0
        C[test]
        T[transform:@babel/core]
        readFileSync[node:fs]
      `),
    ).toEqual([undefined])
  })

  test('counts the file reads of a require as Jest’s own cost', () => {
    expect(
      kinds(`
        0
        A
        require[jest]
        readFileSync[node:fs]
      `),
    ).toEqual([undefined])
  })

  test('counts a user’s callback inside a synchronous call as running', () => {
    expect(
      kinds(`
        0                     1
        A                     A
        readdirSync[node:fs]  readdirSync[node:fs]
        B                     B
                              map[native]
      `),
    ).toEqual([undefined, undefined])
  })

  test('ignores functions of the same names that are not Node’s', () => {
    expect(
      kinds(`
        0              1
        A              A
        spawnSync      readFileSync[dependency:fake-fs]
      `),
    ).toEqual([undefined, undefined])
  })

  test('counts a function that blocks in Atomics.wait as waiting, and not its callees', () => {
    const recording = resolvedFromText('0  1\nA  A\n   B', { atomicsWaitNodes: [1] })
    expect(blockingKinds(recording)).toEqual([undefined, 'Atomics.wait (synchronous)', undefined])
  })
})
