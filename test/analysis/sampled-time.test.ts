import { expect, test } from '@jest/globals'
import { sampledTimeByOwner } from '../../src/analysis/sampled-time.js'
import { profileFromText } from '../support/profile-from-text.js'

test('an owner is busy whenever it is not idle; collections are part of that', () => {
  const profile = profileFromText(
    `
    t1  t1  t1    t1       t2    -
    A   A   idle  program  idle  A
        gc
  `,
    { weight: 1000 },
  )
  const owner = ({ test: index }: { test: number | undefined }) =>
    index === undefined ? undefined : `t${index}`
  expect(Object.fromEntries(sampledTimeByOwner(profile, owner))).toEqual({
    t1: { busy: 3000, gc: 1000, idle: 1000, count: 4 },
    t2: { busy: 0, gc: 0, idle: 1000, count: 1 },
  })
})
