import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { Carets } from '../Carets'
import type { SharedText } from '../SharedText'
import { CaretMark } from './CaretMark'
import type { Held } from './syncPlugin'

/**
 * Carets of the others, in a layer over the text: the text itself is not touched by them, so a step of somebody else costs no layout of it.
 * Positions of the shared text are the editor's only while nothing is held back, so during a composition the carets that are there move along
 * with the local changes and new positions wait.
 */
export function caretsPlugin(text: SharedText, carets: Carets, sync: ViewPlugin<Held>) {
  return ViewPlugin.fromClass(
    class {
      readonly view: EditorView
      readonly layer = document.createElement('div')
      readonly marks = new Map<number, CaretMark>()
      unobserve: () => void
      frame = 0
      /** Somebody moved while positions could not be told. */
      late = false

      constructor(view: EditorView) {
        this.view = view
        this.layer.className = 'remote-carets'
        this.layer.setAttribute('aria-hidden', 'true')
        view.scrollDOM.appendChild(this.layer)
        this.unobserve = carets.observe(() => {
          if (this.locate()) this.draw()
        })
        this.locate()
        this.draw()
      }

      update(u: ViewUpdate) {
        const held = u.view.plugin(sync)?.local
        if (!held && (u.selectionSet || u.focusChanged || u.docChanged)) this.publish(u.view)
        if (u.docChanged) {
          if (held) for (const m of this.marks.values()) m.at = u.changes.mapPos(m.at, 1)
          else this.locate()
        } else if (this.late) this.locate()
        // What was written, or a window of another width, has moved the words under the carets.
        if (u.docChanged || u.geometryChanged) for (const m of this.marks.values()) m.placed = false
        if ([...this.marks.values()].some(m => !m.placed)) this.draw()
      }

      publish(view: EditorView) {
        carets.publish(view.hasFocus ? text.anchor(view.state.selection.main.head) : null)
      }

      /** Where everybody is now; true when somebody came, went or moved. */
      locate(): boolean {
        this.late = Boolean(this.view.plugin(sync)?.local)
        if (this.late) return false
        let moved = false
        const here = new Set<number>()
        for (const c of carets.others()) {
          const at = text.locate(c.anchor)
          if (at === null || at > this.view.state.doc.length) continue
          here.add(c.id)
          let mark = this.marks.get(c.id)
          if (!mark) {
            mark = new CaretMark(c.name, c.hue)
            this.marks.set(c.id, mark)
            this.layer.appendChild(mark.dom)
          }
          mark.name(c.name, c.hue)
          if (mark.at !== at) {
            mark.at = at
            mark.placed = false
            moved = true
          }
        }
        for (const [id, m] of this.marks) {
          if (here.has(id)) continue
          m.dom.remove()
          this.marks.delete(id)
        }
        return moved
      }

      /** Once before the next picture, however many have moved until then. */
      draw() {
        this.frame ||= requestAnimationFrame(() => {
          this.frame = 0
          const { scrollDOM } = this.view
          const box = scrollDOM.getBoundingClientRect()
          const places = [...this.marks.values()]
            .filter(m => !m.placed)
            .map(m => [m, this.view.coordsAtPos(m.at, -1)] as const)
          for (const [m, p] of places)
            m.place(
              p && {
                x: p.left - box.left + scrollDOM.scrollLeft,
                y: p.top - box.top + scrollDOM.scrollTop,
                height: p.bottom - p.top,
              },
            )
        })
      }

      destroy() {
        cancelAnimationFrame(this.frame)
        this.unobserve()
        this.layer.remove()
        carets.publish(null)
      }
    },
  )
}
