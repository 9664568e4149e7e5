import { describe, expect, test } from '@jest/globals'
import type { Frame } from '../../src/profile/profile.js'
import { type PlacedSite, resolveSites } from '../../src/resolve/resolve-sites.js'

const FILE = '/project/src/a.js'

function frameAt(name: string, line: number, column = 1, file = FILE): Frame {
  return { name, file, line, column, category: 'source', package: undefined, generated: false }
}

const siteAt = (name: string, line: number, column = 1, file = FILE): PlacedSite => ({
  ...{ name, file, line, column },
})

const frameFor = ({ name, file, line, column }: PlacedSite) => frameAt(name, line, column, file)

/** The frame of each site as `name:line`, with a plus sign when it was added. */
function resolved(frames: Frame[], ...sites: PlacedSite[]): string[] {
  const known = frames.length
  const { frame } = resolveSites(sites, frames, frameFor)
  return frame.map(index => `${index < known ? '' : '+'}${frames[index]?.name}:${frames[index]?.line}`)
}

describe('resolveSites', () => {
  test('assigns a call to the function with its name that starts before it', () => {
    expect(resolved([frameAt('load', 10)], siteAt('load', 12))).toEqual(['load:10'])
  })

  test('assigns a call to the last of several functions with its name that start before it', () => {
    const frames = [frameAt('run', 10), frameAt('run', 30), frameAt('run', 20, 5), frameAt('run', 20, 40)]
    expect(
      resolved(frames, siteAt('run', 25), siteAt('run', 20, 39), siteAt('run', 10, 1), siteAt('run', 99)),
    ).toEqual(['run:20', 'run:20', 'run:10', 'run:30'])
    const { frame } = resolveSites([siteAt('run', 20, 39), siteAt('run', 25)], frames, frameFor)
    expect(frame.map(index => frames[index]?.column)).toEqual([5, 40])
  })

  test('adds a frame at the call when its function was not sampled, is in another file, or has no name', () => {
    const frames = [frameAt('load', 10), frameAt('(anonymous)', 1)]
    expect(
      resolved(
        frames,
        siteAt('save', 12),
        siteAt('load', 9),
        siteAt('load', 12, 1, '/project/src/b.js'),
        siteAt('(anonymous)', 5),
      ),
    ).toEqual(['+save:12', '+load:9', '+load:12', '+(anonymous):5'])
    expect(frames.at(-2)?.file).toBe('/project/src/b.js')
  })

  test('returns the positions of the calls in order', () => {
    const { line, column } = resolveSites([siteAt('a', 3, 7), siteAt('b', 2, 9)], [], frameFor)
    expect({ line, column }).toEqual({ line: [3, 2], column: [7, 9] })
  })
})
