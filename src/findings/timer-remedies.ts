// Libraries that wait for timers of their own, with the option that spares it: data, like call-remedies.ts.

export interface TimerRemedy {
  readonly package: RegExp
  readonly remedy: string
  /** Code to paste. */
  readonly patch: string
  /** The candidate of the doctor that tries it. */
  readonly trial: string
}

export const TIMER_REMEDIES: readonly TimerRemedy[] = [
  {
    // https://testing-library.com/docs/user-event/options/#delay
    package: /^@testing-library\/user-event$/,
    remedy:
      'After each key and pointer event it waits for `setTimeout(…, delay)`, with a `delay` of 0 by default. With `delay: null` it does not. ' +
      'Where the keys themselves are not what a test is about, use `user.paste()`.',
    patch: '// where the tests set it up\nconst user = userEvent.setup({ delay: null })',
    trial: 'user-event-delay',
  },
]
