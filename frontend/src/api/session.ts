/** GET /api/session. */
export interface Session {
  state: 'setup' | 'signed_out' | 'signed_in'
  municipality?: { id: string; name: string; demo: boolean } | null
  /** Several municipalities share the installation: the sign-in asks which. */
  municipalities?: { id: string; name: string }[] | null
  actor?: SessionActor | null
  demoAccounts?: DemoAccount[] | null
  /** Keys (base64) of what could not be sent and is kept in this browser: the first seals, each opens; only signed in. */
  draftKeys?: string[]
}

/** Who is signed in. */
export interface SessionActor {
  id: string
  name: string
  post: string
  agencyId: string
  agencyName: string
  roles: string[]
  guestMeeting: string
}

/** An account of the demo, to be tried out. */
export interface DemoAccount {
  login: string
  password: string
  name: string
  agency: string
  roleLabel: string
  hint: string
}

/** 支援関係機関. */
export interface Agency {
  id: string
  name: string
  short: string
  category: string
  city: boolean
  active: boolean
}

/** GET /api/directory: somebody who can be chosen as 議長 or 記録者. */
export interface Colleague {
  id: string
  name: string
  post: string
  agencyId: string
}

/** An account. */
export interface User {
  id: string
  agencyId: string
  login: string
  name: string
  kana: string
  post: string
  roles: string[]
  disabled: boolean
}
