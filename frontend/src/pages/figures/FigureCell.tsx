import { Link } from 'wouter'
import type { Figure } from '../../api/figures'
import { words } from '../../words'

interface Props {
  figure: Figure
  year: number
  value: number | null
  /** Place of the month in the 年度; undefined is the year. */
  month?: number
  when: string
}

/** A number of the 集計. Where cases are behind it, it leads to them. */
export function FigureCell({ figure, year, value, month, when }: Props) {
  if (value === null) return <>{words.figures.blank}</>
  if (!figure.drill || !value) return <>{value}</>
  const of = month === undefined ? '' : `&month=${month}`
  return (
    <Link
      href={`/figures/cases?year=${year}&figure=${figure.id}${of}`}
      aria-label={words.figures.behind(figure.label, when, value)}
      data-testid={`behind-${figure.id}-${month ?? 'year'}`}
    >
      {value}
    </Link>
  )
}
