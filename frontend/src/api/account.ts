import type { FactorKind } from './session'

/** GET /api/account. */
export interface Account {
  sessions: OpenSession[]
  factors: OwnFactor[]
  passwordMin: number
}

/** サインイン中の端末. */
export interface OpenSession {
  id: string
  device: string
  ip: string
  createdAt: string
  lastSeen: string
  locked: boolean
  this: boolean
}

/** 二要素認証の手段. */
export interface OwnFactor {
  id: string
  kind: FactorKind
  name: string
  left: number
  createdAt: string
  usedAt?: string | null
}

/** GET /api/sign-in-rules: サインインの決まり. */
export interface SignInRules {
  idleLockMinutes: number
  meetingLockMinutes: number
  oneSession: boolean
  passwordMin: number
  factorRoles: string[]
  lobby: boolean
  copies: boolean
}
