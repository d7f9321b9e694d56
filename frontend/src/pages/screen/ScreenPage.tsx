import { LivePage } from '../../live/LivePage'
import { kindOf } from './kindOf'
import { ScreenView } from './ScreenView'

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
