import type { TypeVersion } from '../../api/meetingTypes'
import type { Agency } from '../../api/session'
import { showDate } from '../../dates/showDate'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import type { Option } from '../../parts/Option'
import { words } from '../../words'

interface Props {
  /** Of one type, newest first. */
  versions: readonly TypeVersion[]
  agencies: readonly Agency[]
  categories: readonly Option[]
  onNew: (v: TypeVersion) => void
  onFix: (v: TypeVersion) => void
}

/** A 会議種別: the version in force, and the others below it. */
export function TypeCard({ versions, agencies, categories, onNew, onFix }: Props) {
  const w = words.meetingTypes
  const shown = versions.find(v => v.current) ?? versions[0]
  if (!shown) return null
  const others = versions.filter(v => v !== shown)
  return (
    <section className="card stack-s" aria-label={shown.name} data-testid={`type-${shown.id}`}>
      <div className="between">
        <h3 className="row">
          {shown.name} <State version={shown} />
        </h3>
        <div className="row">
          {shown.open ? (
            <Button
              small
              aria-label={w.fixOf(shown.name, showDate(shown.effectiveFrom, 'wareki'))}
              onClick={() => onFix(shown)}
              data-testid={`type-fix-${shown.id}`}
            >
              {w.fix}
            </Button>
          ) : null}
          <Button
            small
            aria-label={w.newVersionOf(shown.name)}
            onClick={() => onNew(shown)}
            data-testid={`type-version-${shown.id}`}
          >
            {w.newVersion}
          </Button>
        </div>
      </div>
      <Summary version={shown} agencies={agencies} categories={categories} />
      {others.length ? (
        <details className="disclosure">
          <summary>{w.versions(others.length)}</summary>
          {others.map(v => (
            <div key={v.effectiveFrom + String(v.builtIn)} className="stack-s">
              <div className="between">
                <h4 className="row">
                  {v.name} <State version={v} />
                </h4>
                {v.open ? (
                  <Button
                    small
                    aria-label={w.fixOf(v.name, showDate(v.effectiveFrom, 'wareki'))}
                    onClick={() => onFix(v)}
                  >
                    {w.fix}
                  </Button>
                ) : null}
              </div>
              <Summary version={v} agencies={agencies} categories={categories} />
            </div>
          ))}
        </details>
      ) : null}
    </section>
  )
}

function State({ version: v }: { version: TypeVersion }) {
  const w = words.meetingTypes
  const coming = !v.current && v.open
  return (
    <>
      {v.retired ? (
        <Chip tone="bad">{w.retired}</Chip>
      ) : (
        <Chip tone={v.current ? 'good' : 'plain'}>{v.current ? w.current : coming ? w.coming : w.past}</Chip>
      )}
      <Chip tone={v.mode}>{v.mode === 'layered' ? w.needsConsent : w.withoutConsent}</Chip>
      {v.builtIn ? <Chip>{w.builtIn}</Chip> : null}
    </>
  )
}

function Summary({
  version: v,
  agencies,
  categories,
}: { version: TypeVersion } & Pick<Props, 'agencies' | 'categories'>) {
  const w = words.meetingTypes
  const called = [
    ...(v.agencies ?? []).map(id => agencies.find(a => a.id === id)?.name ?? ''),
    ...(v.categories ?? []).map(code => categories.find(c => c.value === code)?.label ?? code),
  ].filter(Boolean)
  const lines: [string, string][] = [
    [w.from, showDate(v.effectiveFrom, 'both')],
    [w.basis, v.basis],
    [w.chairPost, v.chairPost],
    [w.formName, v.formName ?? ''],
    [w.retention, w.years(v.retention)],
    [w.confirmDays, w.days(v.confirmDays || 7)],
    [w.phases, w.phasesSum(v.phases.reduce((n, p) => n + p.minutes, 0))],
    [w.called, called.join('、') || w.nobody],
  ]
  return (
    <dl className="type-lines">
      {lines
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      <div>
        <dt>{w.agenda}</dt>
        <dd>
          <ol className="type-agenda">
            {(v.agenda ?? []).map(b => (
              <li key={b.title}>
                {b.title} <span className="soft">（{b.usual ? w.usualMark : w.offerMark}）</span>
              </li>
            ))}
          </ol>
        </dd>
      </div>
    </dl>
  )
}
