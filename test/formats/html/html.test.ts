import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { hotSources } from '../../../src/formats/html/hot-sources.js'
import { toHtml } from '../../../src/formats/html/html.js'
import { drawnRun } from '../../support/drawn-run.js'
import { resolvedFromText } from '../../support/recording.js'

const ASSETS = { script: 'start()', style: 'a{}' }
const RECORDING = resolvedFromText('0\nA', {
  header: { wallMicros: 1000, testPath: '/project/</script><img src=x onerror=alert(1)>.test.js' },
  ticks: { node: [1], line: [3], count: [1] },
})

function blockOf(html: string, id: string): unknown {
  const [, text = ''] = new RegExp(`id="${id}">([^<]*)<`).exec(html) ?? []
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString())
}

describe('toHtml', () => {
  const { profile, report } = drawnRun([RECORDING])
  const html = toHtml(profile, report, { assets: ASSETS, sources: {}, artifacts: { json: 'report.json' } })

  test('embeds the report and the profile, and none of their text as markup', () => {
    expect(blockOf(html, 'report')).toEqual({
      report: JSON.parse(JSON.stringify(report)),
      artifacts: { json: 'report.json' },
    })
    expect(blockOf(html, 'profile')).toMatchObject({ texts: expect.arrayContaining(['A', 'src/A.js']) })
    expect(html).not.toContain('onerror')
  })

  test('has a content security policy that allows only its own script and style', () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('base64')
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash('start()')}'`,
      `style-src 'sha256-${hash('a{}')}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  test('escapes the name of the suite', () => {
    const named = { ...report, run: { ...report.run, suite: '<b>"&' } }
    const page = toHtml(profile, named, { assets: ASSETS, sources: {}, artifacts: {} })
    expect(page).toContain('<title>Test profile of &#60;b&#62;&#34;&#38;</title>')
  })
})

describe('hotSources', () => {
  const { profile } = drawnRun([RECORDING])

  test('returns the readable sources of the project’s own hot files', () => {
    const sources = hotSources(profile, { displayRoot: '/project', readSource: path => `text of ${path}` })
    expect(sources).toEqual({ 'src/A.js': 'text of /project/src/A.js' })
    expect(hotSources(profile, { displayRoot: '/project', readSource: () => undefined })).toEqual({})
  })

  test('reads no file outside the project', () => {
    const read: string[] = []
    const readSource = (path: string) => {
      read.push(path)
      return ''
    }
    expect(hotSources(profile, { displayRoot: '/elsewhere', readSource })).toEqual({})
    expect(read).toEqual([])
  })
})
