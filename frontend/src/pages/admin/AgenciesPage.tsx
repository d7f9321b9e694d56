import { words } from '../../words'
import { AdminNav } from './AdminNav'
import { AgencyList } from './AgencyList'

/** 機関. */
export function AgenciesPage() {
  return (
    <div className="page stack">
      <div className="between">
        <h1>{words.admin.title}</h1>
        <AdminNav />
      </div>
      <AgencyList />
    </div>
  )
}
