import type { ReactNode } from 'react'

/** Signs with their words under a drawing. */
export function Legend({ parts }: { parts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <figcaption className="drawing-legend">
      {parts.map(([label, sign]) => (
        <span key={label}>
          <svg width={28} height={28} viewBox="0 0 28 28" aria-hidden="true">
            {sign}
          </svg>
          {label}
        </span>
      ))}
    </figcaption>
  )
}
