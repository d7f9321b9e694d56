import type { CodeEntry } from '../../api/cases'
import { offered } from '../../app/offered'
import { useLoad } from '../../app/useLoad'
import type { Option } from '../../parts/Option'

/** The lists of the form, there before it is opened: at the door there may be no line. */
export interface OutreachCodes {
  methods: Option[]
  /** Of a 支援経過. */
  courseMethods: Option[]
  met: Option[]
  places: Option[]
  relations: Option[]
  classes: Option[]
}

export function useOutreachCodes(): OutreachCodes {
  const { data } = useLoad<{ lists: Record<string, CodeEntry[]> }>('/codes')
  const of = (list: string) => offered(data?.lists[list] ?? []).map(c => ({ value: c.code, label: c.label }))
  return {
    methods: of('outreach_method'),
    courseMethods: of('contact_method'),
    met: of('outreach_met'),
    places: of('outreach_place'),
    relations: of('relation_stage'),
    classes: of('item'),
  }
}
