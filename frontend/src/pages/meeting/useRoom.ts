import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { Room } from '../../api/meeting'
import { useLoad } from '../../app/useLoad'
import { useConnection } from '../../live/useConnection'
import { useSlot } from '../../live/useSlot'
import { words } from '../../words'

const POLL = 15_000
const JITTER = 400

export interface RoomState {
  room: Room | null
  error: ApiError | null
  reload: () => Promise<void>
  /** Does an act; throws an ApiError. When another act came first the room is fetched anew. */
  act: (act: string, params?: object) => Promise<void>
  /** Counts the doorbell. */
  rings: number
}

/**
 * The room of a meeting, `screen` as a screen in the room may show it (without what is 本人に非開示): fetched at the doorbell (a little later on every screen, so that not all come at once) and every 15 s.
 */
export function useRoom(id: string, screen = false): RoomState {
  const { data: room, error, reload, put } = useLoad<Room>(`/meetings/${id}${screen ? '?screen=1' : ''}`)
  const connection = useConnection()
  const [rings, setRings] = useState(0)
  const seq = useRef(0)
  seq.current = room?.seq ?? 0
  useSlot(`m.${id}`)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const ring = () => {
      if (timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        setRings(n => n + 1)
        void reload()
      }, Math.random() * JITTER)
    }
    const offs = [connection.rung.on(ring), connection.accessChanged.on(ring)]
    const poll = setInterval(() => void reload(), POLL)
    return () => {
      clearTimeout(timer)
      clearInterval(poll)
      for (const off of offs) off()
    }
  }, [connection, reload])

  const act = useCallback(
    async (name: string, params: object = {}) => {
      try {
        put(await api.post<Room>(`/meetings/${id}/acts`, { act: name, params, seq: seq.current }))
        setRings(n => n + 1)
      } catch (e) {
        if (e instanceof ApiError && e.kind === 'conflict') {
          void reload()
          throw new ApiError(e.kind, e.message || words.errors.conflict, e.field, e.details)
        }
        throw e
      }
    },
    [id, put, reload],
  )
  return { room, error, reload, act, rings }
}
