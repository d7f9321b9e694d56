import { useState } from 'react'
import { base } from '../../app/base'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'

interface Props {
  /** What can be printed: address without the style, label. */
  papers: readonly { href: string; label: string; testid: string }[]
}

/** Papers for the person, in the form the person needs. */
export function PrintMenu({ papers }: Props) {
  const [style, setStyle] = useState('normal')
  const w = words.consent
  return (
    <details className="disclosure">
      <summary>{w.print}</summary>
      <div className="row">
        <SelectField
          label={w.paperStyle}
          value={style}
          options={w.paperStyles}
          onValue={setStyle}
          data-testid="paper-style"
        />
        {papers.map(p => (
          <a
            key={p.href}
            className="button"
            href={`${base}${p.href}${p.href.includes('?') ? '&' : '?'}style=${style}`}
            target="_blank"
            rel="noreferrer"
            data-testid={p.testid}
          >
            {p.label}
            <span className="sr-only">{w.newTab}</span>
          </a>
        ))}
      </div>
    </details>
  )
}
