interface Props {
  name: 'lock' | 'consent'
}

const PATHS = {
  lock: 'M5 9V6.5a5 5 0 0 1 10 0V9h1v9H4V9h1Zm2 0h6V6.5a3 3 0 0 0-6 0V9Z',
  consent: 'M4 2h9l3 3v13H4V2Zm2 2v12h8V6h-2V4H6Zm2.9 9.6-2.5-2.5 1.2-1.2 1.3 1.3 3.4-3.4 1.2 1.2-4.6 4.6Z',
}

/** A sign beside words; it says nothing to a screen reader. Drawn, for not every computer has the characters. */
export function Icon({ name }: Props) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  )
}
