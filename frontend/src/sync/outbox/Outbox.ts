import * as Y from 'yjs'
import { ApiError } from '../../api/ApiError'
import type { Draft } from '../drafts/Draft'
import type { DraftStore } from '../drafts/DraftStore'
import { randomName, tab } from '../drafts/tab'
import { Signal } from '../Signal'
import { LETTER, type Letter } from './Letter'

/** What an outbox needs of the page it works for. */
export interface Post {
  store(): DraftStore
  /** Who is here now. */
  user(): string
  send(path: string, body: object): Promise<unknown>
  /** Path of the page now. */
  page(): string
  /** How long to wait before the next try (ms). */
  pause(tries: number): number
}

/** Answers that another try does not change. */
const FINAL = ['invalid', 'forbidden', 'not_found', 'conflict', 'gone', 'too_large']

/**
 * Requests that must not get lost over a bad line. What is typed is kept with the drafts of the user from the first letter; what is sent is
 * tried until the server has answered, also after the page or the browser was closed.
 */
export class Outbox {
  readonly changed = new Signal()
  /** The server has it. */
  readonly sent = new Signal<Letter>()
  private readonly letters = new Map<string, Letter>()
  private readonly post: Post
  private running = false
  private tries = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(post: Post) {
    this.post = post
  }

  /** What was sent and has not arrived, and what was refused, oldest first. */
  waiting(): Letter[] {
    return [...this.letters.values()].filter(l => l.state !== 'typing').sort((a, b) => a.draft.at - b.draft.at)
  }

  /** A letter that is begun now. Nothing is kept before something is written. */
  begin<T extends object>(about: string, path: string, body: T): Letter<T> {
    const id = randomName()
    const doc = `${LETTER}${about}`
    const none = new Uint8Array()
    const draft: Draft = {
      id: 0,
      doc,
      context: '',
      page: this.post.page(),
      tab: tab.id,
      copy: id,
      at: Date.now(),
      refused: '',
      update: none,
      base: none,
      texts: [],
      values: {},
    }
    return { id, about, path, body, text: '', state: 'typing', error: null, draft }
  }

  /** Keeps what is typed; `text` is what people would want back if all else fails. */
  keep(letter: Letter, text: string): void {
    const { draft } = letter
    letter.text = text
    tab.hold(draft.copy)
    draft.update = textUpdate(text)
    draft.texts = ['letter/body']
    this.write(letter)
    this.letters.set(letter.id, letter)
  }

  /** Sends it. True when the server has it, false when it waits for the line; a refusal is thrown and the letter can be changed. */
  async deliver(letter: Letter, text: string): Promise<boolean> {
    this.keep(letter, text)
    letter.state = 'sending'
    this.write(letter)
    this.changed.emit()
    const done = await this.attempt(letter)
    if (done === 'refused') {
      const error = letter.error as ApiError
      letter.state = 'typing'
      letter.error = null
      this.write(letter)
      this.changed.emit()
      throw error
    }
    if (done === 'later') this.later()
    return done === 'sent'
  }

  /** It is not wanted any more. */
  drop(letter: Letter): void {
    this.letters.delete(letter.id)
    this.post.store().remove([letter.draft])
    tab.free(letter.draft.copy)
    this.changed.emit()
  }

  /** Its page is left: what was typed is offered until somebody opens it again. What waits goes on. */
  leave(letter: Letter): void {
    if (letter.state !== 'typing') return
    this.letters.delete(letter.id)
    tab.free(letter.draft.copy)
  }

  /** What was typed before and not sent, of a page that is gone: about what begins so, and on that page if one is named. */
  async open<T extends object>(about: string, page?: string): Promise<Letter<T> | null> {
    for (const d of await this.post.store().all()) {
      if (!d.doc.startsWith(LETTER + about) || d.values.state !== 'typing' || (page !== undefined && d.page !== page))
        continue
      if (!(await tab.claim(d))) continue
      const letter = read<T>(d)
      if (letter) {
        this.letters.set(letter.id, letter)
        return letter
      }
    }
    return null
  }

  /** Takes over what waits in the store of the user who is here now; what is of another user is none of ours. */
  async start(): Promise<void> {
    for (const l of this.letters.values()) tab.free(l.draft.copy)
    this.letters.clear()
    const store = this.post.store()
    for (const d of await store.all()) {
      if (!d.doc.startsWith(LETTER) || d.values.state === 'typing' || !(await tab.claim(d))) continue
      const letter = store === this.post.store() ? read(d) : null
      if (letter) this.letters.set(letter.id, letter)
    }
    this.changed.emit()
    this.now()
  }

  /** The line may be back. */
  now(): void {
    clearTimeout(this.timer)
    this.tries = 0
    void this.run()
  }

  private async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      for (;;) {
        const next = this.waiting().find(l => l.state === 'waiting')
        if (!next) return
        const done = await this.attempt(next)
        this.changed.emit()
        if (done === 'later') return this.later()
      }
    } finally {
      this.running = false
    }
  }

  private later(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.run(), this.post.pause(this.tries++))
  }

  private async attempt(letter: Letter): Promise<'sent' | 'refused' | 'later'> {
    const store = this.post.store()
    try {
      // The server takes it from who wrote it alone: another tab may have signed in as somebody else.
      await this.post.send(letter.path, { ...letter.body, id: letter.id, by: this.post.user() })
    } catch (e) {
      const error = e instanceof ApiError ? e : new ApiError('internal', String(e))
      const final = FINAL.includes(error.kind)
      letter.state = final ? 'refused' : 'waiting'
      letter.error = error
      if (store === this.post.store()) this.write(letter)
      this.changed.emit()
      return final ? 'refused' : 'later'
    }
    this.letters.delete(letter.id)
    store.remove([letter.draft])
    tab.free(letter.draft.copy)
    this.tries = 0
    this.sent.emit(letter)
    this.changed.emit()
    return 'sent'
  }

  private write(letter: Letter): void {
    // What was on its way when the tab died is sent again: it is kept once.
    const state = letter.state === 'sending' ? 'waiting' : letter.state
    letter.draft.values = {
      state,
      path: letter.path,
      body: JSON.stringify(letter.body),
      text: letter.text,
      error: letter.error?.message ?? '',
    }
    this.post.store().add(letter.draft)
  }
}

function read<T extends object>(draft: Draft): Letter<T> | null {
  const { path, body, text, state, error } = draft.values
  try {
    return {
      id: draft.copy,
      about: draft.doc.slice(LETTER.length),
      path: String(path),
      body: JSON.parse(String(body)) as T,
      text: String(text ?? ''),
      state: state === 'refused' || state === 'typing' ? state : 'waiting',
      error: error ? new ApiError('invalid', String(error)) : null,
      draft,
    }
  } catch {
    return null
  }
}

/** The words as a change of a document, so that they can be shown and saved like any other that was not sent. */
function textUpdate(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('t:letter/body').insert(0, text)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
