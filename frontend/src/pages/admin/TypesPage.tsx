import { words } from '../../words'
import { AdminNav } from './AdminNav'
import { TypesCard } from './TypesCard'

/** 会議種別. */
export function TypesPage() {
  return (
    <div className="page stack">
      <div className="between">
        <h1>{words.admin.title}</h1>
        <AdminNav />
      </div>
      <TypesCard />
    </div>
  )
}
