/** 保存済み / 送信中 / 未送信, and how worried one should be. */
export interface AckState {
  state: 'saved' | 'sending' | 'unsent'
  /** Changes of this tab that the server has not yet stored. */
  pending: number
  /** When everything was last known to be stored (ms), 0 before the first load. */
  savedAt: number
  online: boolean
  /** The session has ended: after signing in again, also in another tab, what waits is sent. */
  signedOut: boolean
  /** What is not stored outlives the tab: it is kept in this browser. */
  kept: boolean
  /** On the line over plain HTTP (予備の回線), because no websocket gets through. */
  spare?: boolean
  tone: 'calm' | 'amber' | 'red'
}
