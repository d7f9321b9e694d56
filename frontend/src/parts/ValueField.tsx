import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cleanText } from '../text/cleanText'

interface Props {
  value: string
  onValue: (value: string) => void
  children: (value: string, onValue: (v: string) => void, settle: () => void) => ReactNode
}

/** A one-line value of a document: written down when the field is left (never per key stroke), also when the page goes on. */
export function ValueField({ value, onValue, children }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const latest = useRef({ draft, value, onValue })
  latest.current = { draft, value, onValue }
  const settle = () => {
    const { draft: d, value: v, onValue: put } = latest.current
    if (d !== null && cleanText(d) !== v) put(cleanText(d))
    setDraft(null)
  }
  useEffect(
    () => () => {
      const { draft: d, value: v, onValue: put } = latest.current
      if (d !== null && cleanText(d) !== v) put(cleanText(d))
    },
    [],
  )
  return children(draft ?? value, setDraft, settle)
}
