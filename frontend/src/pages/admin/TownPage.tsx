import { Link } from 'wouter'
import { words } from '../../words'
import { AdminNav } from './AdminNav'
import { LogoCard } from './LogoCard'
import { TownForm } from './TownForm'

/** 自治体: what the municipality says of itself. */
export function TownPage() {
  return (
    <div className="page stack">
      <div className="between">
        <h1>{words.admin.title}</h1>
        <AdminNav />
      </div>
      <TownForm />
      <LogoCard />
      <p>
        <Link href="/admin/first-run">{words.firstRun.openAgain}</Link>
      </p>
    </div>
  )
}
