import { Annotation } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { Carets } from '../Carets'
import type { SharedText } from '../SharedText'
import { CaretMark } from './CaretMark'
import type { Held } from './syncPlugin'

const caretsMoved = Annotation.define<boolean>()

/**
 * Carets of the others. Positions of the shared text are the editor's only while nothing is held back, so during a
 * composition the carets that are there move along with the local changes and new positions wait.
 */
export function caretsPlugin(text: SharedText, carets: Carets, sync: ViewPlugin<Held>) {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      unobserve: () => void

      constructor(view: EditorView) {
        this.unobserve = carets.observe(() => view.dispatch({ annotations: caretsMoved.of(true) }))
        this.decorations = this.build(view)
      }

      update(u: ViewUpdate) {
        const held = u.view.plugin(sync)?.local
        if (!held && (u.selectionSet || u.focusChanged || u.docChanged)) this.publish(u.view)
        if (held) this.decorations = this.decorations.map(u.changes)
        else if (u.docChanged || u.transactions.some(t => t.annotation(caretsMoved)))
          this.decorations = this.build(u.view)
      }

      publish(view: EditorView) {
        carets.publish(view.hasFocus ? text.anchor(view.state.selection.main.head) : null)
      }

      build(view: EditorView): DecorationSet {
        const marks = []
        for (const c of carets.others()) {
          const at = text.locate(c.anchor)
          if (at !== null && at <= view.state.doc.length) {
            marks.push(Decoration.widget({ widget: new CaretMark(c.name, c.hue), side: 1 }).range(at))
          }
        }
        return Decoration.set(marks, true)
      }

      destroy() {
        this.unobserve()
        carets.publish(null)
      }
    },
    { decorations: p => p.decorations },
  )
}
