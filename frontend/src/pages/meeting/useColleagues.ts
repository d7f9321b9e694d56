import type { Agency, Colleague } from '../../api/session'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import type { Option } from '../../parts/Option'
import { words } from '../../words'

/** The people who can be chosen as 議長 or 記録者, with post and agency; oneself is there even before the list has come. */
export function useColleagues(): Option[] {
  const actor = useActor()
  const { data } = useLoad<{ users: Colleague[] }>('/directory')
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies').data?.agencies ?? []
  const users = data?.users ?? []
  const list = users.some(u => u.id === actor.id) ? users : [actor, ...users]
  const name = (id: string) => agencies.find(a => a.id === id)?.name ?? ''
  return [
    { value: '', label: words.form.choose },
    ...list.map(u => ({
      value: u.id,
      label: `${u.name}（${[name(u.agencyId), u.post].filter(Boolean).join('　')}）`,
    })),
  ]
}
