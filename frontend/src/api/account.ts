import type * as Schema from './schema'
import type { FactorKind } from './session'

/** GET /api/account. */
export interface Account {
  sessions: OpenSession[]
  factors: OwnFactor[]
  passwordMin: number
}

/** サインイン中の端末. */
export type OpenSession = Schema.IdentityOpenSession

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
export type SignInRules = Schema.IdentityRules
