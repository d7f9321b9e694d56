import { standardKeymap } from '@codemirror/commands'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import type { Carets } from '../Carets'
import { cleanText } from '../cleanText'
import type { SharedText } from '../SharedText'
import { caretsPlugin } from './caretsPlugin'
import { syncPlugin } from './syncPlugin'

/** The editor's own styles come without a layer; these undo what does not fit a form field. */
const look = EditorView.theme({
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.75', minHeight: '6rem' },
  '.cm-content': { padding: '0.5rem 0' },
  '.cm-line': { padding: '0 0.75rem' },
})

/** What the editor needs besides the text. */
export interface NarrativeOptions {
  carets?: Carets
  /** Attributes of the editable element: aria-label, aria-describedby, id. */
  attributes: Record<string, string>
  readOnly?: boolean
  nonce?: string
  onBlur?: () => void
}

/** Puts a CodeMirror editor on a shared text into `parent`. The caller destroys the view. */
export function mountNarrative(parent: HTMLElement, text: SharedText, options: NarrativeOptions): EditorView {
  const origin = {}
  const history = text.history(origin)
  const sync = syncPlugin(text, origin)
  const run = (f: () => void) => () => {
    f()
    return true
  }
  const extensions: Extension[] = [
    sync,
    options.carets ? caretsPlugin(text, options.carets, sync) : [],
    Prec.high(
      keymap.of([
        { key: 'Mod-z', run: run(history.undo), preventDefault: true },
        { key: 'Mod-y', mac: 'Mod-Shift-z', run: run(history.redo), preventDefault: true },
        { key: 'Mod-Shift-z', run: run(history.redo), preventDefault: true },
      ]),
    ),
    keymap.of(standardKeymap),
    EditorState.lineSeparator.of('\n'),
    EditorState.readOnly.of(options.readOnly ?? false),
    EditorView.editable.of(!options.readOnly),
    EditorView.lineWrapping,
    look,
    EditorView.contentAttributes.of({ 'aria-multiline': 'true', spellcheck: 'false', ...options.attributes }),
    EditorView.clipboardInputFilter.of(cleanText),
    EditorView.domEventHandlers({
      blur: () => {
        options.onBlur?.()
      },
    }),
  ]
  if (options.nonce) extensions.push(EditorView.cspNonce.of(options.nonce))
  const view = new EditorView({ parent, state: EditorState.create({ doc: text.toString(), extensions }) })
  const destroy = view.destroy.bind(view)
  view.destroy = () => {
    destroy()
    history.destroy()
  }
  return view
}
