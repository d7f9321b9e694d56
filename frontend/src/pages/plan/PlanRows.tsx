import { useState } from 'react'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'
import { ActionRow } from './ActionRow'
import { GoalRow } from './GoalRow'
import { mergeRows } from './mergeRows'
import { NeedRow } from './NeedRow'
import { PlacePicker } from './PlacePicker'
import type { PlanContext } from './PlanContext'
import { type Removed, RemovedNotice } from './RemovedNotice'
import { RowList } from './RowList'
import { type Place, useRowAdder } from './useRowAdder'

interface Props {
  plan: PlanContext
}

/** 課題 → 目標 → 支援項目 as three lists over all documents one may see. */
export function PlanRows({ plan }: Props) {
  const { view, entries, persons, reload } = plan
  const w = words.plan
  const [place, setPlace] = useState<Place>(() => ({ personId: persons.find(p => p.subject)?.id ?? '', item: 'basic' }))
  const [removed, setRemoved] = useState<Removed | null>(null)
  const adder = useRowAdder('plan', view.plan.id, entries, view.docs, reload)
  const needs = mergeRows(entries, 'need')
  const goals = mergeRows(entries, 'goal')
  const actions = mergeRows(entries, 'action')
  const edit = view.abilities.edit
  const common = {
    plan,
    added: adder.added,
    onRemoved: (kind: string) => (row: Removed['row'], name: string) => setRemoved({ kind, row, name }),
  }
  return (
    <div className="stack">
      {edit ? (
        <section className="card stack-s no-print" aria-label={w.newRow}>
          <h3>{w.newRow}</h3>
          <PlacePicker
            persons={persons}
            refs={view.docs}
            ensure={view.abilities.ensure ?? edit}
            value={place}
            onValue={setPlace}
          />
          {adder.error ? <Banner tone="bad" title={adder.error.message} /> : null}
          <RemovedNotice removed={removed} onUndo={() => setRemoved(null)} />
        </section>
      ) : null}
      <RowList
        title={w.needs}
        empty={w.noNeeds}
        addLabel={w.addNeed}
        testid="add-need"
        count={needs.length}
        busy={adder.busy}
        onAdd={edit ? () => adder.add('need', place, { person: place.personId }) : undefined}
      >
        {needs.map((row, i) => (
          <NeedRow key={row.id} {...common} rows={needs} at={i} row={row} onRemoved={common.onRemoved('need')} />
        ))}
      </RowList>
      <RowList
        title={w.goals}
        empty={w.noGoals}
        addLabel={w.addGoal}
        testid="add-goal"
        count={goals.length}
        busy={adder.busy}
        onAdd={edit ? () => adder.add('goal', place, { kind: 'short', need: needs.at(-1)?.id ?? '' }) : undefined}
      >
        {goals.map((row, i) => (
          <GoalRow
            key={row.id}
            {...common}
            rows={goals}
            at={i}
            row={row}
            needs={needs}
            onRemoved={common.onRemoved('goal')}
          />
        ))}
      </RowList>
      <RowList
        title={w.actions}
        empty={w.noActions}
        addLabel={w.addAction}
        testid="add-action"
        count={actions.length}
        busy={adder.busy}
        onAdd={
          edit
            ? () => adder.add('action', place, { goal: goals.at(-1)?.id ?? '', need: needs.at(-1)?.id ?? '' })
            : undefined
        }
      >
        {actions.map((row, i) => (
          <ActionRow
            key={row.id}
            {...common}
            rows={actions}
            at={i}
            row={row}
            goals={goals}
            needs={needs}
            onRemoved={common.onRemoved('action')}
          />
        ))}
      </RowList>
    </div>
  )
}
