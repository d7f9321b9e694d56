import { LivePage } from '../../live/LivePage'
import { ScreenView } from './ScreenView'

interface Props {
  id: string
}

/** 会場用の画面: follows the chair, has no controls. */
export function ScreenPage({ id }: Props) {
  return (
    <LivePage context={id} bare>
      <ScreenView id={id} />
    </LivePage>
  )
}
