import { useEffect, useRef, useState } from 'react'
import type { LiveDoc } from '../sync/LiveDoc'
import { words } from '../words'
import { useText } from './useText'

interface Props {
  doc: LiveDoc
  textKey: string
  label: string
  describedBy?: string
  readOnly?: boolean
  'data-testid'?: string
}

/**
 * A long text. At rest it is plain text that looks like a field; the editor with the carets of the others is loaded and mounted
 * when one enters, so that a page of many texts stays light.
 */
export function SharedNarrative({ doc, textKey, label, describedBy, readOnly, ...rest }: Props) {
  const [editing, setEditing] = useState(false)
  const text = useText(doc.text(textKey))
  const host = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const parent = host.current
    if (!editing || readOnly || !parent) return
    let view: { destroy(): void; focus(): void } | null = null
    let over = false
    void import('../text/narrative/mountNarrative').then(({ mountNarrative }) => {
      if (over) return
      const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
      const attributes: Record<string, string> = { 'aria-label': label }
      if (describedBy) attributes['aria-describedby'] = describedBy
      const mounted = mountNarrative(parent, doc.text(textKey), {
        attributes,
        carets: doc.presence.carets(textKey),
        ...(nonce ? { nonce } : {}),
        onBlur: () => setTimeout(() => parent.contains(document.activeElement) || setEditing(false), 80),
      })
      view = mounted
      mounted.dispatch({ selection: { anchor: mounted.state.doc.length } })
      mounted.focus()
      doc.presence.move(textKey)
    })
    return () => {
      over = true
      doc.presence.leave(textKey)
      view?.destroy()
    }
  }, [editing, readOnly, doc, textKey, label, describedBy])

  if (editing && !readOnly) return <div ref={host} className="narrative" data-editing="true" {...rest} />
  return (
    // A stand-in for the editor: focusing it brings the editor. It is a text field to assistive technology all the time.
    <div
      className="narrative"
      role="textbox"
      aria-multiline="true"
      aria-label={label}
      aria-describedby={describedBy}
      aria-readonly={readOnly || undefined}
      tabIndex={0}
      onFocus={() => !readOnly && setEditing(true)}
      {...rest}
    >
      {text || <span className="narrative-empty">{readOnly ? words.form.empty : words.form.writeHere}</span>}
    </div>
  )
}
