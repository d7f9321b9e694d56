import { useState } from 'react'
import { words } from '../words'
import { Button } from './Button'

interface Props {
  text: string
  label?: string
}

/** Copies a text; works without a secure context too, where the clipboard interface is missing. */
export function CopyButton({ text, label = words.form.copy }: Props) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      const area = document.createElement('textarea')
      area.value = text
      area.className = 'sr-only'
      document.body.append(area)
      area.select()
      document.execCommand('copy')
      area.remove()
    }
    setDone(true)
  }
  return (
    <Button small onClick={copy} data-testid="copy">
      {done ? words.form.copied : label}
    </Button>
  )
}
