import type { PrepSheet } from '../../api/prep'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import type { RoomProps } from './RoomProps'

interface Props extends Pick<RoomProps, 'act'> {
  sheet: PrepSheet
}

/** 代行入力: who entered the sheet for the agency. The agency itself says here that it has looked at it. */
export function PrepForLine({ sheet, act }: Props) {
  const { submit, busy, error } = useSubmit()
  const w = words.prep
  const f = sheet.for
  if (!f) return null
  return (
    <div className="stack-s" data-testid={`prep-for-${sheet.agencyId}`}>
      <p className="row">
        <span>{w.enteredBy(f.wayLabel, f.teller, f.by, showInstant(f.at, 'short'))}</span>
        <PrepForChip sheet={sheet} />
      </p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {sheet.own && !f.checkedAt ? (
        <Banner
          tone="warn"
          title={w.checkTitle}
          actions={
            <Button
              kind="solid"
              busy={busy}
              onClick={() => void submit(() => act('prep_check'))}
              data-testid="prep-check"
            >
              {w.check}
            </Button>
          }
        >
          {w.checkText}
        </Banner>
      ) : null}
    </div>
  )
}

/** Whether the agency has looked at what was entered for it. */
export function PrepForChip({ sheet }: Pick<Props, 'sheet'>) {
  const w = words.prep
  if (!sheet.for) return null
  return <Chip tone={sheet.for.checkedAt ? 'good' : 'warn'}>{sheet.for.checkedAt ? w.checked : w.unchecked}</Chip>
}
