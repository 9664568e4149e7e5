// The stack in which a resource was created. V8 holds the functions of a captured stack and their objects, so it is released once it
// has been read.

import { type CapturedStack, callSitesOf, fileOfSite, isUsersFile, type SiteTable } from '../call-sites.js'

/** Frames shown of a stack. */
const SHOWN = 8

const PACKAGES = /[/\\]node_modules[/\\]/

export interface UserFrames {
  /** Positions in the table of sites, innermost first. */
  readonly sites: readonly number[]
  /** Whether the project's code is among them. */
  readonly isOwn: boolean
  /** The `node:` files in the stack. */
  readonly nodeModules: readonly string[]
}

export class CreationStack {
  #captured: CapturedStack | undefined
  #frames: UserFrames | undefined

  /** Without a captured stack, it has no frames. */
  constructor(captured?: CapturedStack) {
    this.#captured = captured
  }

  /** Reading takes 20 to 60 µs the first time. */
  frames(sites: SiteTable): UserFrames {
    this.#frames ??= readFrames(this.#captured, sites)
    this.#captured = undefined
    return this.#frames
  }
}

function readFrames(captured: CapturedStack | undefined, table: SiteTable): UserFrames {
  const sites = captured === undefined ? [] : callSitesOf(captured)
  const nodeModules = sites.map(fileOfSite).filter(file => file.startsWith('node:'))
  const users = sites.filter(site => isUsersFile(fileOfSite(site)))
  const isOwn = users.some(site => !PACKAGES.test(fileOfSite(site)))
  return { sites: withOwnCalls(users).map(site => table.add(site)), isOwn, nodeModules }
}

/** The innermost frames. If libraries fill them all, the project's outermost calls take the second half. */
function withOwnCalls(users: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const firstOwn = users.findIndex(site => !PACKAGES.test(fileOfSite(site)))
  if (firstOwn < SHOWN / 2) return users.slice(0, SHOWN)
  return [...users.slice(0, SHOWN / 2), ...users.slice(firstOwn, firstOwn + SHOWN / 2)]
}
