import { type KeyboardEvent, type ReactNode, useId } from 'react'

interface TabItem {
  id: string
  label: ReactNode
}

interface Props {
  label: string
  tabs: readonly TabItem[]
  current: string
  onSelect: (id: string) => void
  children: ReactNode
}

/** Tabs with roving focus; arrows select. The panel shows what the page puts in. */
export function Tabs({ label, tabs, current, onSelect, children }: Props) {
  const id = useId()
  const move = (e: KeyboardEvent) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const at = tabs.findIndex(t => t.id === current)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    e.preventDefault()
    onSelect(next.id)
    document.getElementById(`${id}${next.id}`)?.focus()
  }
  return (
    <div>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(t => (
          <button
            key={t.id}
            type="button"
            role="tab"
            className="tab"
            id={`${id}${t.id}`}
            data-testid={`tab-${t.id}`}
            aria-selected={t.id === current}
            aria-controls={`${id}panel`}
            tabIndex={t.id === current ? 0 : -1}
            onClick={() => onSelect(t.id)}
          >
            {t.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${current}`} className="tab-panel">
        {children}
      </div>
    </div>
  )
}
