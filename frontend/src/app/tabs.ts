import { Signal } from '../sync/Signal'

type Word = 'active' | 'locked' | 'unlocked'

/** The tabs of this browser tell each other when somebody is at the desk, and when it is locked. */
class Tabs {
  readonly heard = new Signal<Word>()
  private readonly channel = 'BroadcastChannel' in window ? new BroadcastChannel('kasane-desk') : null

  constructor() {
    if (this.channel) this.channel.onmessage = e => this.heard.emit(e.data as Word)
  }

  say(word: Word): void {
    this.channel?.postMessage(word)
  }
}

export const tabs = new Tabs()
