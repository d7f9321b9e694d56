import { LivePage } from '../../live/LivePage'
import { type ScreenKind, ScreenView } from './ScreenView'

interface Props {
  id: string
}

/** The screens of the room (会場, 本人同席, 記録係): they follow the chair and have no controls. */
export function ScreenPage({ id }: Props) {
  return (
    <LivePage context={id} bare>
      <ScreenView id={id} kind={kindOf(window.location.search)} />
    </LivePage>
  )
}

/** Which screen an address asks for; what is not known is the one of the room. */
export function kindOf(search: string): ScreenKind {
  const kind = new URLSearchParams(search).get('kind')
  return kind === 'person' || kind === 'recorder' ? kind : 'room'
}
