import { Link } from 'wouter'
import type { SignInRules } from '../../api/account'
import type { ClassTable } from '../../api/archive'
import type { Town, Way } from '../../api/firstRun'
import type { TypeVersion } from '../../api/meetingTypes'
import type { Agency, User } from '../../api/session'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { useCategories } from '../admin/useCategories'
import { leftOver } from './leftOver'
import { Sheet } from './Sheet'

/** 確認と控え: what is left, and all that was set on a sheet. */
export function Summary({ way, city }: { way: Way; city: boolean }) {
  const town = useLoad<Town>('/town')
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies')
  const users = useLoad<{ users: User[] }>('/users')
  const rules = useLoad<SignInRules>('/sign-in-rules')
  const types = useLoad<{ versions: TypeVersion[] }>('/meeting-types/versions')
  const classes = useLoad<ClassTable>(city ? '/archive/classes' : null)
  const categories = useCategories()
  const w = words.firstRun
  const all = [town, agencies, users, rules, types]
  if (!town.data || !agencies.data || !users.data || !rules.data || !types.data) {
    const failed = all.find(x => x.error)
    return <PageState error={failed?.error ?? null} reload={failed?.reload ?? town.reload} />
  }
  const left = leftOver({
    way,
    code: town.data.code,
    agencies: agencies.data.agencies,
    users: users.data.users,
    factorRoles: rules.data.factorRoles,
  })
  return (
    <>
      <section className="card stack-s no-print" aria-labelledby="left-title" data-testid="first-run-left">
        <h3 id="left-title">{w.left}</h3>
        {left.length ? (
          <ul className="firstrun-left">
            {left.map(l => (
              <li key={l.text}>
                <span>{l.text}</span>
                <Link href={l.to} className="button" data-small aria-label={w.goTo(l.text)}>
                  {w.go}
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <Banner tone="good" title={w.leftNone} />
        )}
        <p className="soft">
          {w.leftStatus} <Link href="/status">{words.status.title}</Link>
        </p>
        <div>
          <Button onClick={() => window.print()} data-testid="sheet-print">
            {w.sheetPrint}
          </Button>
        </div>
      </section>
      <Sheet
        way={way}
        town={town.data}
        agencies={agencies.data.agencies}
        categories={categories}
        types={types.data.versions}
        classes={classes.data}
        rules={rules.data}
      />
    </>
  )
}
