import { useState } from 'react'
import { Banner } from '../../parts/Banner'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import type { AnswerBody } from '../matrix/AnswerBody'
import { RoleMatrix } from '../matrix/RoleMatrix'
import { DiffList } from './DiffList'
import type { PlanContext } from './PlanContext'
import { PlanRows } from './PlanRows'
import { PlanTexts } from './PlanTexts'
import { WarningList } from './WarningList'
import { WithheldChips } from './WithheldChips'

interface Props {
  plan: PlanContext
  onAnswer: (body: AnswerBody) => Promise<void>
  answerWhy: string
  /** Tabs that stand elsewhere on the page. */
  without?: string
}

/** Plan with its parts as tabs. */
export function PlanBody({ plan, onAnswer, answerWhy, without }: Props) {
  const [tab, setTab] = useState('text')
  const { view } = plan
  const w = words.plan
  const tabs = Object.entries(w.tabs)
    .filter(([id]) => id !== without)
    .map(([id, label]) => ({ id, label }))
  return (
    <div className="stack">
      {view.frozen ? (
        <Banner tone="warn" title={w.frozen} data-testid="plan-frozen">
          <span className="mono">{w.frozenHash(view.frozen.n, view.frozen.hash)}</span>
        </Banner>
      ) : null}
      <WithheldChips view={view} />
      <Tabs label={w.title} tabs={tabs} current={tab} onSelect={setTab}>
        {tab === 'text' ? <PlanTexts plan={plan} /> : null}
        {tab === 'rows' ? <PlanRows plan={plan} /> : null}
        {tab === 'matrix' ? <RoleMatrix plan={plan} onAnswer={onAnswer} answerWhy={answerWhy} /> : null}
        {tab === 'diff' ? <DiffList changes={view.diff ?? null} /> : null}
      </Tabs>
      {tab === 'matrix' || tab === 'rows' ? <WarningList warnings={view.warnings} /> : null}
    </div>
  )
}
