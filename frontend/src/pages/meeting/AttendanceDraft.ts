import type { Attendee } from '../../api/meeting'
import { jstInstant } from '../../dates/jstInstant'
import { jstParts } from '../../dates/jstParts'

/** A line of 出席 as being written or corrected. Clock times are of the day of the meeting. */
export interface AttendanceDraft {
  name: string
  kana: string
  post: string
  agencyId: string
  form: string
  from: string
  to: string
  absent: boolean
  proxy: string
  reason: string
}

/** A draft of a stored line, or of a person who came now. */
export function attendanceDraft(line: Attendee | undefined, now: number): AttendanceDraft {
  if (!line) {
    const from = jstParts(now).time
    return {
      name: '',
      kana: '',
      post: '',
      agencyId: '',
      form: 'room',
      from,
      to: '',
      absent: false,
      proxy: '',
      reason: '',
    }
  }
  const { name, kana, post, agencyId, absent, proxy } = line
  const [first, last] = [line.spans[0], line.spans.at(-1)]
  return {
    ...{ name, kana, post, agencyId, absent, proxy },
    form: line.form || 'room',
    from: first ? jstParts(first.from).time : '',
    to: last?.to ? jstParts(last.to).time : '',
    reason: '',
  }
}

/**
 * The parameters of the act. Times that were not touched are not sent: the server then keeps every coming and going to the second,
 * while a time that is sent replaces them all.
 */
export function attendanceParams(d: AttendanceDraft, line: Attendee | undefined, day: string): object {
  const before = line ? attendanceDraft(line, 0) : undefined
  const [first, last] = [line?.spans[0], line?.spans.at(-1)]
  const touched = !before || d.from !== before.from || d.to !== before.to
  const at = (clock: string, was: string, stored: string | null | undefined) =>
    !clock ? null : stored && clock === was ? stored : jstInstant(stored ? jstParts(stored).date : day, clock)
  const times = touched && !d.absent
  return {
    key: line?.key ?? '',
    ...d,
    from: times ? at(d.from, before?.from ?? '', first?.from) : null,
    to: times ? at(d.to, before?.to ?? '', last?.to) : null,
  }
}
