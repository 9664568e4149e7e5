import { describe, expect, test } from '@jest/globals'
import { NEVER_WAITED_FOR, waitKind } from '../../../src/collect/waits/resources.js'

describe('waitKind', () => {
  test.each([
    ['Timeout', 'timer'],
    ['TCPWRAP', 'socket'],
    ['TCPCONNECTWRAP', 'socket'],
    ['TLSWRAP', 'socket'],
    ['UDPSENDWRAP', 'socket'],
    ['PIPEWRAP', 'socket'],
    ['HTTPCLIENTREQUEST', 'HTTP request'],
    ['HTTPINCOMINGMESSAGE', 'HTTP request'],
    ['PROCESSWRAP', 'child process'],
    ['FSREQCALLBACK', 'file system'],
    ['FSREQPROMISE', 'file system'],
    ['FILEHANDLE', 'file system'],
    ['GETADDRINFOREQWRAP', 'DNS'],
    ['QUERYWRAP', 'DNS'],
    ['WORKER', 'worker'],
    ['MESSAGEPORT', 'worker'],
    ['ZLIB', 'compression'],
    ['PBKDF2REQUEST', 'cryptography'],
    ['RANDOMBYTESREQUEST', 'cryptography'],
    ['SIGNREQUEST', 'cryptography'],
  ])('of %s is "%s"', (type, kind) => {
    expect(waitKind(type, [])).toBe(kind)
  })

  test('of a socket or pipe depends on the Node module that opened it', () => {
    expect(waitKind('PIPEWRAP', ['node:net', 'node:internal/child_process', 'node:child_process'])).toBe(
      'child process',
    )
    expect(waitKind('TCPWRAP', ['node:net', 'node:_http_client'])).toBe('HTTP request')
    expect(waitKind('TCPWRAP', ['node:internal/deps/undici/undici'])).toBe('HTTP request')
    expect(waitKind('UDPWRAP', ['node:dgram', 'node:internal/dns/utils'])).toBe('DNS')
    expect(waitKind('TCPWRAP', ['node:net'])).toBe('socket')
  })

  test('of a timer is "timer", even if Node sets it for a request', () => {
    expect(waitKind('Timeout', ['node:_http_client'])).toBe('timer')
  })

  test('of an unknown type contains the type’s name', () => {
    expect(waitKind('BREWEDCOFFEE', [])).toBe('other (BREWEDCOFFEE)')
  })

  test('promises, ticks and immediates are never waited for', () => {
    expect([...NEVER_WAITED_FOR]).toEqual(expect.arrayContaining(['PROMISE', 'TickObject', 'Immediate']))
    expect(NEVER_WAITED_FOR.has('Timeout')).toBe(false)
  })
})
