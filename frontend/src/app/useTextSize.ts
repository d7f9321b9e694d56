import { useEffect, useState } from 'react'

const KEY = 'kasane.text'

/** Size of all text: 100, 125 or 150 %, remembered on this computer. */
export function useTextSize(): [string, (size: string) => void] {
  const [size, setSize] = useState(() => localStorage.getItem(KEY) ?? '100')
  useEffect(() => {
    document.documentElement.dataset.text = size
  }, [size])
  return [
    size,
    next => {
      localStorage.setItem(KEY, next)
      document.documentElement.dataset.text = next
      setSize(next)
    },
  ]
}
