import type { Person } from '../../api/cases'
import type { Room } from '../../api/meeting'
import type { PlanRow } from '../plan/PlanRow'

/** What each row of the minutes gets. */
export interface MinutesRowProps {
  room: Room
  persons: readonly Person[]
  meetingDay: string
  rows: readonly PlanRow[]
  row: PlanRow
  at: number
  added: string
  onRemoved: (row: PlanRow, name: string) => void
}
