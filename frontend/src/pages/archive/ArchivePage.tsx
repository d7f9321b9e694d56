import { useState } from 'react'
import { Link } from 'wouter'
import { useSession } from '../../app/useSession'
import { Button } from '../../parts/Button'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import { KeepTab } from './KeepTab'
import { MatchTab } from './MatchTab'
import { NightlyCheck } from './NightlyCheck'
import { PackageTab } from './PackageTab'
import { RecordsTab } from './RecordsTab'
import { VerifyAll } from './VerifyAll'

/** 記録の保管: the records desk. */
export function ArchivePage() {
  const [tab, setTab] = useState('records')
  const [verifying, setVerifying] = useState(0)
  const roles = useSession()?.actor?.roles ?? []
  const keeps = roles.includes('records') || roles.includes('city')
  const w = words.archive
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <div className="row">
          <Link href="/jobs" data-testid="jobs">
            {words.jobs.title}
          </Link>
          <Button onClick={() => setVerifying(n => n + 1)} data-testid="verify-all">
            {w.verifyAll}
          </Button>
        </div>
      </div>
      {verifying ? <VerifyAll key={verifying} onClose={() => setVerifying(0)} /> : null}
      <NightlyCheck />
      <Tabs
        label={w.title}
        tabs={[
          { id: 'records', label: w.tabs.records },
          { id: 'match', label: w.tabs.match },
          ...(keeps
            ? [
                { id: 'keep', label: words.keeping.tab },
                { id: 'package', label: words.keeping.package.tab },
              ]
            : []),
        ]}
        current={tab}
        onSelect={setTab}
      >
        {tab === 'records' ? <RecordsTab /> : null}
        {tab === 'match' ? <MatchTab /> : null}
        {tab === 'keep' ? <KeepTab /> : null}
        {tab === 'package' ? <PackageTab /> : null}
      </Tabs>
    </div>
  )
}
