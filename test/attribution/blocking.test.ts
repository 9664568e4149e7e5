import { describe, expect, test } from '@jest/globals'
import { blockingKinds } from '../../src/attribution/blocking.js'
import { resolvedFromText } from '../support/recording.js'

/** For each sample what its innermost function waits for. */
function kinds(text: string): (string | undefined)[] {
  const recording = resolvedFromText(text)
  const ofNode = blockingKinds(recording)
  return recording.samples.node.map(node => ofNode[node])
}

describe('blockingKinds', () => {
  test('reports synchronous calls by the functions of Node that make them', () => {
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
      'compression (synchronous)',
      undefined,
    ])
  })

  test('what such a call calls in turn waits for the same; the caller itself does not', () => {
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

  test('a test and a package that works for it wait; Jest, transformers, and packages that work for them do not', () => {
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

  test('a transformer that runs another process waits for it; what it reads and compresses is its own cost', () => {
    const spawns = 'spawnSync[transform:node:child_process]'
    const below = (...names: string[]) => kinds(['0', 'J[jest]', 'T[transform]', ...names].join('\n'))
    expect(below(spawns, 'read[native]')).toEqual(['child process (synchronous)'])
    expect(below('readFileSync[transform:node:fs]')).toEqual([undefined])
    expect(below('processChunkSync[transform:node:zlib]')).toEqual([undefined])
    expect(below('spawnSync[transform:execa]')).toEqual([undefined])
    expect(kinds('0\nJ[jest]\nspawnSync[node:child_process]')).toEqual([undefined])
  })

  test('what a transformer reads is its own cost, even where the project’s code calls it', () => {
    expect(
      kinds(`
        0
        C[test]
        T[transform:@babel/core]
        readFileSync[node:fs]
      `),
    ).toEqual([undefined])
  })

  test('what Jest reads because a module requested another is Jest’s own cost', () => {
    expect(
      kinds(`
        0
        A
        require[jest]
        readFileSync[node:fs]
      `),
    ).toEqual([undefined])
  })

  test('a callback of the user’s within a synchronous call runs, and does not wait', () => {
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

  test('functions of such names that are not Node’s do not wait', () => {
    expect(
      kinds(`
        0              1
        A              A
        spawnSync      readFileSync[dependency:fake-fs]
      `),
    ).toEqual([undefined, undefined])
  })

  test('a function that blocks in Atomics.wait waits itself, and what it calls does not', () => {
    const recording = resolvedFromText('0  1\nA  A\n   B', { atomicsWaitNodes: [1] })
    expect(blockingKinds(recording)).toEqual([undefined, 'Atomics.wait (synchronous)', undefined])
  })
})
