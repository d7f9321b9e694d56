import type * as Schema from './schema'
/** GET /api/session. */
export interface Session {
  state: 'setup' | 'signed_out' | 'factor' | 'enrol' | 'locked' | 'signed_in'
  /** Signed in with `logo`, the stamp of its mark, and `since`, the first 年度 anything can be of. */
  municipality?: { id: string; name: string; demo: boolean; logo?: string; since?: number } | null
  /** Several municipalities share the installation: the sign-in asks which. */
  municipalities?: { id: string; name: string }[] | null
  actor?: SessionActor | null
  demoAccounts?: DemoAccount[] | null
  /** Who the second step, or the lock, waits for; `guest`: the lock opens with the PIN. */
  name?: string
  guest?: boolean
  /** Name of the municipality's own sign-in service, where there is one. */
  signInWith?: string
  /** How the second step can be done. */
  factors?: FactorKind[]
  /** 離席ロック: minutes without touching the PC, on ordinary pages and on those of a meeting; 0 = never. */
  lock?: LockRule | null
  /** Keys (base64) of what could not be sent and is kept in this browser: the first seals, each opens; only signed in. */
  draftKeys?: string[]
}

/** What signing out answers where the session came by the sign-in service: where one signs out of that. */
export interface Left {
  signOutAt: string
}

/** A way to do the second step of a sign-in. */
export type FactorKind = 'totp' | 'passkey' | 'recovery'

export type LockRule = Schema.WebLockBody

/** Who is signed in. */
export type SessionActor = Schema.WebActorBody

/** An account of the demo, to be tried out. */
export type DemoAccount = Schema.IdentityDemoAccount

/** 支援関係機関. */
export type Agency = Schema.AccessAgency

/** GET /api/directory: somebody who can be chosen as 議長 or 記録者. */
export type Colleague = Schema.IdentityColleague

/** An account. */
export type User = Schema.AccessUser
