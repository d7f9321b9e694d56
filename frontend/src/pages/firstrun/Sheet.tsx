import type { SignInRules } from '../../api/account'
import type { ClassTable } from '../../api/archive'
import type { Town, Way } from '../../api/firstRun'
import type { TypeVersion } from '../../api/meetingTypes'
import type { Agency } from '../../api/session'
import { base } from '../../app/base'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { today } from '../../dates/today'
import type { Option } from '../../parts/Option'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  way: Way
  town: Town
  agencies: readonly Agency[]
  categories: readonly Option[]
  types: readonly TypeVersion[]
  classes: ClassTable | null
  rules: SignInRules
}

/** はじめの設定の控え: all that was set, on paper, without a secret. */
export function Sheet({ way, town, agencies, categories, types, classes, rules }: Props) {
  const w = words.firstRun
  const a = words.account
  const since = town.years.find(y => y.year === town.since)?.name ?? w.sinceNone
  const yes = (on: boolean) => (on ? words.form.yes : words.form.no)
  const named = (list: readonly { id: string; name: string }[], id: string) => list.find(x => x.id === id)?.name ?? id
  const role = (r: string) => words.admin.roleList.find(x => x.value === r)?.label ?? r
  const used = types.filter(t => t.current && !t.retired)
  return (
    <article className="card stack firstrun-sheet" aria-labelledby="sheet-title" data-testid="first-run-sheet">
      <header className="between">
        <h3 id="sheet-title">{w.sheet}</h3>
        <span>{w.sheetAt(showDate(today(), 'both'))}</span>
      </header>
      <div className="row">
        {town.logo ? (
          <img
            className="firstrun-logo"
            src={`${base}/api/town/logo?v=${town.logo.stamp}`}
            alt={w.logoAlt(town.name)}
          />
        ) : null}
        <strong>{town.name}</strong>
      </div>
      <Lines
        lines={[
          [w.code, town.code ? `${town.code} ${town.prefecture}` : w.nobody],
          [w.since, since],
        ]}
      />
      <Table caption={w.sheetSteps} head={[w.step, w.state, w.confirmedBy]}>
        {way.steps.map((s, i) => (
          <tr key={s.id}>
            <th scope="row">{w.stepOf(i + 1, w.steps[s.id])}</th>
            <td>{s.done ? w.done : w.open}</td>
            <td>{s.at ? w.doneBy(showInstant(s.at), s.byName) : ''}</td>
          </tr>
        ))}
      </Table>
      <Table
        caption={w.sheetAgencies(agencies.length)}
        head={[words.admin.name, words.admin.category, w.contact, w.phone]}
      >
        {agencies.map(g => (
          <tr key={g.id}>
            <th scope="row">{g.name}</th>
            <td>
              {categories.find(c => c.value === g.category)?.label ?? g.category}
              {g.city ? ` ${words.admin.city}` : ''}
              {g.active ? '' : ` ${words.admin.inactive}`}
            </td>
            <td className="nowrap">{g.contact}</td>
            <td className="nowrap">{g.phone}</td>
          </tr>
        ))}
      </Table>
      <Table
        caption={w.sheetKinds}
        head={[
          words.meetingTypes.name,
          words.meetingTypes.basis,
          words.meetingTypes.mode,
          words.meetingTypes.retention,
        ]}
      >
        {used.map(t => (
          <tr key={t.id}>
            <th scope="row">{t.name}</th>
            <td>{t.basis}</td>
            <td>{t.mode === 'layered' ? words.meetingTypes.needsConsent : words.meetingTypes.withoutConsent}</td>
            <td>{words.meetingTypes.years(t.retention)}</td>
          </tr>
        ))}
      </Table>
      {classes ? (
        <Table caption={w.sheetRetention} head={[words.keeping.className, words.keeping.period, words.keeping.rule]}>
          {classes.classes.map(c => (
            <tr key={c.id}>
              <th scope="row">{c.name}</th>
              <td>{words.keeping.yearsOf(c.years)}</td>
              <td>{named(classes.rules, c.rule)}</td>
            </tr>
          ))}
        </Table>
      ) : null}
      <h4>{w.sheetRules}</h4>
      <Lines
        lines={[
          [a.factorRoles, rules.factorRoles.map(role).join('、') || w.nobody],
          [a.idle, w.minutes(rules.idleLockMinutes)],
          [a.meetingLock, w.minutes(rules.meetingLockMinutes)],
          [a.passwordMin, w.letters(rules.passwordMin)],
          [a.oneSession, yes(rules.oneSession)],
          [a.lobby, yes(rules.lobby)],
          [a.copies, yes(rules.copies)],
        ]}
      />
      <p className="soft">{w.noSecrets}</p>
    </article>
  )
}

function Lines({ lines }: { lines: readonly (readonly [string, string])[] }) {
  return (
    <dl className="type-lines">
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
