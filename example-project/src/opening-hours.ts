import { setTimeout as sleep } from 'node:timers/promises'

/** From when until when, such as `09:00`, by weekday; on other days the shop is closed. */
export type OpeningHours = Readonly<Partial<Record<string, readonly [opens: string, closes: string]>>>

const NEVER = ['24:00', '00:00'] as const
const MINUTE = 60_000
const WEEK = 7 * 24 * 60 * MINUTE

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

export function isOpen(hours: OpeningHours, moment: Date): boolean {
  const { weekday, hour, minute } = Object.fromEntries(
    LONDON.formatToParts(moment).map(({ type, value }) => [type, value]),
  )
  const [opens, closes] = hours[weekday] ?? NEVER
  const time = `${hour}:${minute}`
  return opens <= time && time < closes
}

/** The first minute, this one included, in which the shop is open. Throws when it never is. */
export function nextOpening(hours: OpeningHours, now: Date): Date {
  const end = now.getTime() + WEEK
  // Slow, because it asks minute by minute.
  for (let time = now.getTime() - (now.getTime() % MINUTE); time < end; time += MINUTE) {
    const moment = new Date(time)
    if (isOpen(hours, moment)) return moment
  }
  throw new Error('the shop never opens')
}

export async function untilOpen(hours: OpeningHours, now: Date): Promise<void> {
  await sleep(nextOpening(hours, now).getTime() - now.getTime())
}

/** The sign in the shop window, which is kept up to date until it is taken down. */
export class WindowSign {
  text = ''
  readonly #timer: NodeJS.Timeout

  constructor(hours: OpeningHours, clock: () => Date) {
    this.#update(hours, clock())
    this.#timer = setInterval(() => this.#update(hours, clock()), 20)
  }

  takeDown(): void {
    clearInterval(this.#timer)
  }

  #update(hours: OpeningHours, now: Date): void {
    const minutes = Math.ceil((nextOpening(hours, now).getTime() - now.getTime()) / MINUTE)
    this.text = minutes > 0 ? `We open in ${minutes} minutes` : 'Come in, we are open'
  }
}
