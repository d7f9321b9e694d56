import { useCallback, useSyncExternalStore } from 'react'
import type { Course } from '../../api/course'
import type { FormCode } from '../../api/forms'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import type { Option } from '../../parts/Option'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'
import type { SheetField } from './SheetDefinition'
import { screeningProposal } from './screeningProposal'

interface Props {
  fields: readonly SheetField[]
  course: Course
  doc: LiveDoc
  agencies: readonly Option[]
  lists: Record<string, FormCode[]>
}

/** What the スクリーニング says beside what stands in this part of the アセスメント: it is taken over by a button, never by itself. */
export function ScreeningOffer({ fields, course, doc, agencies, lists }: Props) {
  const subscribe = useCallback((l: () => void) => doc.values.observe(l), [doc])
  useSyncExternalStore(subscribe, () => JSON.stringify(fields.map(f => doc.values.get(`f/${f.id}`) ?? null)))
  const w = words.course
  const last = course.screenings.find(s => !s.past)
  if (!last) {
    return course.mayScreen && fields.some(f => f.id === 'screening') ? <p className="soft">{w.offerNone}</p> : null
  }
  const list = screeningProposal(fields, last, course.withheld, k => doc.values.get(k), { agencies, lists })
  const unknown =
    last.to && fields.some(f => f.id === 'screening_to') && !agencies.some(a => a.label === last.to.trim())
      ? last.to
      : ''
  return (
    <>
      {list.length ? (
        <Banner
          title={w.offer(showDate(last.day, 'wareki'))}
          data-testid="screening-offer"
          actions={
            <Button
              small
              kind="solid"
              onClick={() => doc.values.set(Object.fromEntries(list.map(p => [p.key, p.value])))}
              data-testid="screening-take"
            >
              {w.offerTake}
            </Button>
          }
        >
          <ul>
            {list.map(p => (
              <li key={p.key}>{w.offerLine(p.label, p.was, p.is)}</li>
            ))}
          </ul>
        </Banner>
      ) : null}
      {unknown ? <p className="soft">{w.offerUnknown(unknown)}</p> : null}
    </>
  )
}
