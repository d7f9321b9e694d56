import { type RefObject, useEffect } from 'react'

/** Makes an element that scrolls (sideways, or also down) a Tab stop as long as it does: the keyboard scrolls it then, and is not held up otherwise. */
export function useScrollStop(ref: RefObject<HTMLElement | null>, down = false): void {
  useEffect(() => {
    const el = ref.current
    if (!el) return
    const look = () => {
      if (el.scrollWidth > el.clientWidth || (down && el.scrollHeight > el.clientHeight)) el.tabIndex = 0
      else el.removeAttribute('tabindex')
    }
    const sizes = new ResizeObserver(look)
    sizes.observe(el)
    for (const child of el.children) sizes.observe(child)
    look()
    return () => sizes.disconnect()
  }, [ref, down])
}
