import { type ReactNode, useState } from 'react'
import type { Glass } from '../../api/glass'
import { GlassBanner } from './GlassBanner'
import { GlassOver } from './GlassOver'

interface Props {
  glass: Glass | null | undefined
  children: ReactNode
}

/** What may be read by 緊急時の閲覧 stands under its bar, and goes when it is over. For everybody else it is not there. */
export function GlassGuard({ glass, children }: Props) {
  const [over, setOver] = useState(false)
  if (over) return <GlassOver />
  return (
    <>
      {glass ? <GlassBanner glass={glass} onOver={() => setOver(true)} /> : null}
      {children}
    </>
  )
}
