/** A row of the minutes of a 支援会議, as who holds the record may carry it into a 重層的支援会議. */
export interface CarryRow {
  meeting: string
  doc: string
  row: string
  kind: string
  kindLabel: string
  /** "" = the household. */
  personId: string
  person: string
  item: string
  itemLabel: string
  text: string
  /** Whose word or task it is, else who wrote it. */
  agency: string
  carried: boolean
  /** Why it cannot be carried, and what to do; "" = it can. */
  why: string
  /** Agencies with a seat that will see it. */
  sees: string[]
}

/** One 支援会議 with its rows. */
export interface CarryMeeting {
  id: string
  no: number
  label: string
  date: string
  title: string
  statusLabel: string
  rows: CarryRow[]
}

/** GET /api/meetings/{id}/carry. */
export interface CarryList {
  meetings: CarryMeeting[]
}
