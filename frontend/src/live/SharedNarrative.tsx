import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { LiveDoc } from '../sync/LiveDoc'
import { words } from '../words'
import { loadNarrative } from './loadNarrative'
import { useText } from './useText'

interface Props {
  doc: LiveDoc
  textKey: string
  label: string
  describedBy?: string
  readOnly?: boolean
  'data-testid'?: string
}

type Mount = Awaited<ReturnType<typeof loadNarrative>>['mountNarrative']

/**
 * A long text. At rest it is plain text that looks like a field; the editor with the carets of the others is loaded and mounted
 * when one enters, so that a page of many texts stays light. The stand-in keeps the focus until the editor can take it over: who
 * walks through the page by Tab loses no place, and is not called back by an editor that comes late.
 */
export function SharedNarrative({ doc, textKey, label, describedBy, readOnly, ...rest }: Props) {
  const [entered, setEntered] = useState(false)
  const [mount, setMount] = useState<Mount | null>(null)
  const text = useText(doc.text(textKey))
  const stand = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!entered) return
    const over = new AbortController()
    loadNarrative(over.signal).then(
      ({ mountNarrative }) => {
        if (over.signal.aborted) return
        if (document.activeElement === stand.current) setMount(() => mountNarrative)
        else setEntered(false)
      },
      () => over.signal.aborted || setEntered(false), // not there: the next to enter asks again
    )
    return () => over.abort()
  }, [entered])

  useLayoutEffect(() => {
    const parent = host.current
    if (!mount || readOnly || !parent) return
    const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
    const attributes: Record<string, string> = { 'aria-label': label }
    if (describedBy) attributes['aria-describedby'] = describedBy
    const leave = () => {
      setMount(null)
      setEntered(false)
    }
    const view = mount(parent, doc.text(textKey), {
      attributes,
      carets: doc.presence.carets(textKey),
      ...(nonce ? { nonce } : {}),
      onBlur: () => setTimeout(() => parent.contains(document.activeElement) || leave(), 80),
    })
    view.dispatch({ selection: { anchor: view.state.doc.length } })
    view.focus()
    doc.presence.move(textKey)
    return () => {
      doc.presence.leave(textKey)
      view.destroy()
    }
  }, [mount, readOnly, doc, textKey, label, describedBy])

  if (mount && !readOnly) return <div ref={host} className="narrative" data-editing="true" {...rest} />
  return (
    // A stand-in for the editor: focusing it brings the editor. It is a text field to assistive technology all the time.
    <div
      ref={stand}
      className="narrative"
      role="textbox"
      aria-multiline="true"
      aria-label={label}
      aria-describedby={describedBy}
      aria-readonly={readOnly || undefined}
      tabIndex={0}
      onFocus={() => !readOnly && setEntered(true)}
      {...rest}
    >
      {text || <span className="narrative-empty">{readOnly ? words.form.empty : words.form.writeHere}</span>}
    </div>
  )
}
