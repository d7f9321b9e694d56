import { useEffect, useState } from 'react'
import { findAct } from '../findAct'
import type { RoomProps } from '../RoomProps'
import { isWriting } from './useShortcuts'

export interface Follow {
  tab: string
  select: (tab: string) => void
  /** Why the screen does not follow: its user looks around, or was typing when the chair moved on. */
  roaming: '' | 'own' | 'typing'
  back: () => void
  /** The chair's: what is selected is shown to all. */
  sharing: boolean
  setSharing: (on: boolean) => void
}

/** 議長に追従: the tab the chair shows, until one looks around oneself. Nobody is carried away from a text being typed. */
export function useFollow({ room, act }: RoomProps): Follow {
  const chair = Boolean(findAct(room, 'show'))
  const shown = ['open', 'agreeing'].includes(room.status) ? room.during.shown : ''
  const [own, setOwn] = useState(chair ? shown || 'course' : '')
  const [seen, setSeen] = useState(shown)
  const [roaming, setRoaming] = useState<Follow['roaming']>('')
  const [sharing, setSharing] = useState(true)
  let tab = own
  if (!chair && !roaming) tab = seen || own || 'course'
  useEffect(() => {
    if (shown === seen) return
    if (!chair && !roaming && seen !== shown && isWriting(document.activeElement)) {
      setOwn(seen || own || 'course')
      setRoaming('typing')
    }
    setSeen(shown)
  }, [shown, seen, chair, roaming, own])
  const show = (t: string) => {
    if (chair && sharing && findAct(room, 'show')?.allowed && t !== shown) void act('show', { tab: t }).catch(() => {})
  }
  return {
    tab: tab || 'course',
    select: t => {
      setOwn(t)
      if (chair) show(t)
      else if (shown) setRoaming(t === shown ? '' : 'own')
    },
    roaming: shown && !chair ? roaming : '',
    back: () => {
      setRoaming('')
      if (chair && shown) setOwn(shown)
    },
    sharing,
    setSharing: on => {
      setSharing(on)
      if (on && chair && findAct(room, 'show')?.allowed && tab !== shown) void act('show', { tab }).catch(() => {})
    },
  }
}
