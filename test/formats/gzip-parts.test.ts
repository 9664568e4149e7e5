import { gunzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { GzipParts } from '../../src/formats/gzip-parts.js'

test('GzipParts compresses parts of any size into one valid gzip file', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ size: 'large' })), parts => {
      const gzip = new GzipParts()
      for (const part of parts) gzip.add(part)
      expect(gunzipSync(Buffer.concat(gzip.end()))).toEqual(Buffer.concat(parts))
    }),
  )
})

test('GzipParts gives the same file whether its output is taken along the way or at the end', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uint8Array(), fc.boolean())), parts => {
      const [inTurn, atOnce] = [new GzipParts(), new GzipParts()]
      const taken = parts.flatMap(([part, isTaken]) => {
        for (const gzip of [inTurn, atOnce]) gzip.add(part)
        return isTaken ? inTurn.take() : []
      })
      expect(Buffer.concat([...taken, ...inTurn.end()])).toEqual(Buffer.concat(atOnce.end()))
    }),
  )
})
