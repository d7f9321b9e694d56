import { type ReactNode, useEffect, useId, useRef } from 'react'
import { isComposing } from '../text/isComposing'
import { words } from '../words'
import { Button } from './Button'
import { useScrollStop } from './useScrollStop'

interface Props {
  title: ReactNode
  onClose: () => void
  children: ReactNode
  foot?: ReactNode
  wide?: boolean
  /** Ctrl+Enter (⌘+Enter), not while the IME is composing. */
  onCtrlEnter?: () => void
  'data-testid'?: string
}

/** A modal dialog (native <dialog>): mounted means open. Esc closes it unless the IME is composing. */
export function Dialog({ title, onClose, children, foot, wide, onCtrlEnter, ...rest }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const id = useId()
  const close = useRef(onClose)
  close.current = onClose
  useScrollStop(body, true)

  useEffect(() => {
    const el = ref.current
    const back = document.activeElement
    if (el && !el.open) el.showModal()
    const cancel = (e: Event) => {
      e.preventDefault()
      close.current()
    }
    el?.addEventListener('cancel', cancel)
    return () => {
      el?.removeEventListener('cancel', cancel)
      el?.close()
      if (back instanceof HTMLElement) back.focus()
    }
  }, [])

  return (
    <dialog
      ref={ref}
      className="dialog"
      data-wide={wide || undefined}
      aria-labelledby={id}
      onKeyDown={e => {
        if (e.key === 'Escape' && isComposing(e)) e.preventDefault()
        if (onCtrlEnter && e.key === 'Enter' && (e.ctrlKey || e.metaKey) && !isComposing(e)) {
          e.preventDefault()
          onCtrlEnter()
        }
      }}
      {...rest}
    >
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <Button kind="text" onClick={onClose} data-testid="dialog-close">
          {words.form.close}
        </Button>
      </div>
      <div className="dialog-body" ref={body}>
        {children}
      </div>
      {foot ? <div className="dialog-foot">{foot}</div> : null}
    </dialog>
  )
}
