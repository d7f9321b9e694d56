import type * as Schema from './schema'
/** A row of the minutes of a 支援会議, as who holds the record may carry it into a 重層的支援会議. */
export type CarryRow = Schema.MeetingCarryRow

/** One 支援会議 with its rows. */
export type CarryMeeting = Schema.MeetingCarryMeeting

/** GET /api/meetings/{id}/carry. */
export interface CarryList {
  meetings: CarryMeeting[]
}
