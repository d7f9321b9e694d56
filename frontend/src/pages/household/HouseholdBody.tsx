import { useState } from 'react'
import { PageState } from '../../app/PageState'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import { ChronicleTab } from './ChronicleTab'
import { EcomapTab } from './EcomapTab'
import { GenogramTab } from './GenogramTab'
import './household.css'
import { useHousehold } from './useHousehold'

interface Props {
  caseId: string
  /** Meeting in whose context it is read, '' outside of any. */
  meetingId: string
}

/** The three drawings of a household. */
export function HouseholdBody({ caseId, meetingId }: Props) {
  const { household, error } = useHousehold(caseId, meetingId)
  const [tab, setTab] = useState('chronicle')
  const w = words.household
  if (!household) return <PageState error={error} reload={async () => {}} />
  const tabs = Object.entries(w.tabs).map(([id, label]) => ({ id, label }))
  return (
    <div className="stack household">
      {household.page.sections.some(s => s.write) ? null : <p className="soft">{w.readOnly}</p>}
      <Tabs label={w.title} tabs={tabs} current={tab} onSelect={setTab}>
        {tab === 'chronicle' ? <ChronicleTab household={household} /> : null}
        {tab === 'genogram' ? <GenogramTab household={household} /> : null}
        {tab === 'ecomap' ? <EcomapTab household={household} /> : null}
      </Tabs>
    </div>
  )
}
