export type PlaceState = 'preparing' | 'open' | 'paused' | 'ended'

/** 社会資源: a place or resource of the area. */
export interface Place {
  id: string
  name: string
  kind: string
  fields: string[]
  district: string
  address: string
  lat: number | null
  lng: number | null
  capacity: number | null
  hours: string
  contact: string
  terms: string
  state: PlaceState
  agencyId: string
  agencyName: string
  note: string
  n: number
  at: string
  byName: string
}

/** What narrows the register. */
export interface PlaceQuery {
  q: string
  kind: string
  field: string
  district: string
  /** '' = all but 終了, 'all' = all. */
  state: string
  page: number
}

/** POST /api/places/search. */
export interface PlacePage {
  places: Place[]
  total: number
  all: number
  pages: number
  districts: string[]
  mayAdd: boolean
  mayTake: boolean
}

export interface PlaceCounts {
  children: number
  young: number
  working: number
  elder: number
}

/** An activity day: how many came, never who. */
export interface PlaceDay extends PlaceCounts {
  id: string
  day: string
  note: string
  byName: string
}

/** Somebody who was brought to a place; without a case a resident whose name is not kept. */
export interface PlaceLink {
  id: string
  placeId: string
  caseId: string
  caseNumber: string
  personId: string
  name: string
  role: string
  roleLabel: string
  since: string
  agencyName: string
  byName: string
  result: string
  resultLabel: string
  resultOn: string
  mayResult: boolean
  n: number
}

/** GET /api/places/{id}. */
export interface PlaceDetail extends Place {
  days: PlaceDay[]
  tally: ({ year: number; name: string; days: number } & PlaceCounts)[]
  links: PlaceLink[]
  /** 受け入れ側への支援, for those who write about the place. */
  cares: { id: string; day: string; methodLabel: string; body: string; agencyName: string; byName: string }[]
  issue: string
  keep: boolean
  link: boolean
}

/** A resource that was made of a 地域課題. */
export interface IssuePlace {
  id: string
  name: string
  state: PlaceState
  stateLabel: string
}
