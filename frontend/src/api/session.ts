/** GET /api/session. */
export interface Session {
  state: 'setup' | 'signed_out' | 'signed_in'
  municipality?: { id: string; name: string; demo: boolean } | null
  /** Several municipalities share the installation: the sign-in asks which. */
  municipalities?: { id: string; name: string }[] | null
  actor?: SessionActor | null
  demoAccounts?: DemoAccount[] | null
  /** Key (base64) by which what could not be sent is sealed in this browser; only signed in. */
  draftKey?: string
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
