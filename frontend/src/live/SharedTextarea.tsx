import { type TextareaHTMLAttributes, useEffect, useRef } from 'react'
import type { LiveDoc } from '../sync/LiveDoc'
import { bindTextarea } from '../text/bindTextarea'
import { graphemes } from '../text/graphemes'

interface Props extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'defaultValue' | 'onChange'> {
  doc: LiveDoc
  /** Key of the text in the document. */
  textKey: string
  /** Most characters as a reader counts them. */
  limit?: number
}

/** A textarea on a shared text. Others see who is in it; what is composed stays here until the IME is done. */
export function SharedTextarea({ doc, textKey, limit, ...rest }: Props) {
  const ref = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const el = ref.current
    if (!el) return
    const ok = limit === undefined ? undefined : (t: string) => t.length <= limit || graphemes(t).length <= limit
    const unbind = bindTextarea(doc.text(textKey), el, ok)
    const enter = () => doc.presence.move(textKey)
    const leave = () => doc.presence.leave(textKey)
    el.addEventListener('focus', enter)
    el.addEventListener('blur', leave)
    return () => {
      el.removeEventListener('focus', enter)
      el.removeEventListener('blur', leave)
      leave()
      unbind()
    }
  }, [doc, textKey, limit])
  return <textarea rows={2} {...rest} ref={ref} className="input" data-key={textKey} />
}
