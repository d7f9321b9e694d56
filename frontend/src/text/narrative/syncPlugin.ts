import { ChangeSet } from '@codemirror/state'
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { isPair } from '../isPair'
import type { SharedText } from '../SharedText'
import { fromShared } from './fromShared'
import { toChanges } from './toChanges'

/** CodeMirror applies the last composed text up to 50 ms after compositionend. */
const SETTLE = 60

/** The part of the plugin others look at: the local changes held back while composing, or null. */
export interface Held extends PluginValue {
  readonly local: ChangeSet | null
}

/**
 * Ties CodeMirror to a shared text. While the user composes, local changes (L) and changes of others (R) are collected,
 * both against the text that was there when the composition began; when it ends, L is rebased over R into the shared text
 * and R over L into the editor.
 */
export function syncPlugin(text: SharedText, origin: object): ViewPlugin<Held> {
  return ViewPlugin.fromClass(
    class implements Held {
      local: ChangeSet | null = null
      remote: ChangeSet | null = null
      targets: EventTarget[] = []
      unobserve: () => void
      unflush: () => void
      timer = 0
      view: EditorView

      constructor(view: EditorView) {
        this.view = view
        this.unobserve = text.observe((delta, from) => {
          if (from === origin) return
          if (this.local && this.remote && !this.local.empty) {
            this.remote = this.remote.compose(toChanges(delta, this.remote.newLength))
            return
          }
          view.dispatch({ changes: toChanges(delta, view.state.doc.length), annotations: fromShared.of(true) })
          if (this.local) this.hold() // composing, but nothing typed yet (Android: the caret is only put into a word)
        })
        this.unflush = text.onFlush(() => this.flush(true))
        // Chrome on Android: CodeMirror uses an EditContext, and the composition events are the context's
        // (which the view makes only after its plugins).
        queueMicrotask(() => {
          const context = (view.contentDOM as { editContext?: EventTarget }).editContext
          this.targets = context ? [view.contentDOM, context] : [view.contentDOM]
          for (const t of this.targets) {
            t.addEventListener('compositionstart', this.start)
            t.addEventListener('compositionend', this.end)
          }
        })
      }

      start = () => {
        if (!this.local) this.hold()
      }

      end = () => {
        this.timer = window.setTimeout(() => this.flush(), SETTLE)
      }

      hold() {
        this.local = this.remote = ChangeSet.empty(this.view.state.doc.length)
      }

      update(u: ViewUpdate) {
        if (!u.docChanged || u.transactions.some(t => t.annotation(fromShared))) return
        if (this.local) this.local = this.local.compose(u.changes)
        else this.write(u.changes)
      }

      write(changes: ChangeSet) {
        const before = text.toString()
        text.edit(origin, t => {
          let shift = 0
          changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
            let [from, to, insert] = [fromA, toA, inserted.toString()]
            if (isPair(before, from - 1)) insert = before[--from] + insert
            if (isPair(before, to - 1)) insert += before[to++]
            if (to > from) t.remove(from + shift, to - from)
            if (insert) t.insert(from + shift, insert)
            shift += insert.length - (to - from)
          })
        })
      }

      flush(now = false) {
        if (!this.local || !this.remote || (this.view.composing && !now)) return
        const { local, remote } = this
        this.local = this.remote = null
        this.write(local.map(remote, true))
        if (!remote.empty) this.view.dispatch({ changes: remote.map(local), annotations: fromShared.of(true) })
      }

      destroy() {
        window.clearTimeout(this.timer)
        if (this.local && this.remote) this.write(this.local.map(this.remote, true))
        this.unobserve()
        this.unflush()
        for (const t of this.targets) {
          t.removeEventListener('compositionstart', this.start)
          t.removeEventListener('compositionend', this.end)
        }
      }
    },
  )
}
