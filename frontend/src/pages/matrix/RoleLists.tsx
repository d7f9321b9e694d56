import type { Column } from '../../api/plan'
import { showDate } from '../../dates/showDate'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { answerTone } from './answerTone'
import { byAgency, byNeed, byTerm, type Role } from './roleList'

interface Props {
  by: string
  roles: readonly Role[]
  columns: readonly Column[]
  own: string
  today: string
}

/** The matrix read as lists: 課題別, 機関別（うちの宿題）, 期限順. */
export function RoleLists({ by, roles, columns, own, today }: Props) {
  const w = words.matrix
  const line = (r: Role, without: 'action' | 'agency' | '') => (
    <RoleLine key={`${r.actionId}/${r.column.id}`} role={r} without={without} today={today} />
  )
  if (by === 'date')
    return (
      <section className="stack-s" aria-label={w.views.date} data-testid="roles-by-date">
        {roles.length ? null : <p className="soft">{w.noRoles}</p>}
        <ul className="list">{byTerm(roles).map(r => line(r, ''))}</ul>
      </section>
    )
  const groups =
    by === 'need'
      ? byNeed(roles).map(g => ({ ...g, title: g.key || w.noNeed }))
      : byAgency(roles, columns, own).map(g => {
          const name = columns.find(c => c.id === g.key)?.name ?? g.key
          return { ...g, title: w.homeworkOf(g.key === own ? `${w.mine}：${name}` : name, g.roles.length) }
        })
  return (
    <div className="stack" data-testid={`roles-by-${by}`}>
      {groups.map(g => (
        <section key={g.key} className="card stack-s" aria-label={g.title} data-own={g.key === own || undefined}>
          <h3>{g.title}</h3>
          {g.roles.length ? null : <p className="soft">{w.noRoles}</p>}
          <ul className="list">{g.roles.map(r => line(r, by === 'need' ? '' : 'agency'))}</ul>
        </section>
      ))}
    </div>
  )
}

function RoleLine({ role, without, today }: { role: Role; without: string; today: string }) {
  const w = words.matrix
  const { cell, column, answer } = role
  const late = Boolean(cell.due && cell.due < today)
  return (
    <li className="stack-s" data-late={late || undefined}>
      <div className="row">
        <strong>
          {w.marks[cell.code]} {w.shorts[cell.code]}
        </strong>
        <span>
          {role.no}. {role.action}
        </span>
        {without === 'agency' ? null : <Chip>{column.short || column.name}</Chip>}
        <Chip tone={late ? 'bad' : 'plain'}>
          {cell.due ? w.dueOn(showDate(cell.due, 'wareki')) : w.noDue}
          {late ? `　${w.overdue}` : ''}
        </Chip>
        {answer ? (
          <Chip tone={answer.void ? 'warn' : answerTone(answer.answer)}>
            {answer.void ? w.voided : (w.answerLabels[answer.answer] ?? answer.label)}
          </Chip>
        ) : column.kind === 'agency' && cell.code !== 'open' ? (
          <Chip>{w.notAnswered}</Chip>
        ) : null}
      </div>
      {cell.content || cell.limits ? (
        <p className="soft">
          {cell.content}
          {cell.limits ? `（${w.limits}：${cell.limits}）` : ''}
        </p>
      ) : null}
    </li>
  )
}
