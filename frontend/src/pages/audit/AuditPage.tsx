import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { AuditOptions } from '../../api/audit'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import { EntriesPanel } from './EntriesPanel'
import { MassPanel } from './MassPanel'
import { MonthlyPanel } from './MonthlyPanel'
import { SearchesPanel } from './SearchesPanel'
import { SeenPanel } from './SeenPanel'
import { SettingsPanel } from './SettingsPanel'

/** 監査: the log and what can be asked of it. No case body and no name of a person comes here. */
export function AuditPage() {
  const [tab, setTab] = useState('entries')
  const { data, error, reload, put } = useLoad<AuditOptions>('/audit/options')
  const actor = useActor()
  const w = words.audit
  if (!data) return <PageState error={error} reload={reload} />
  const { from, to, officeDays } = data.settings
  const panels: Record<string, () => ReactNode> = {
    entries: () => (
      <EntriesPanel
        path="/audit/entries"
        caption={w.tabs.entries}
        fields={['actor', 'agency', 'case', 'verb', 'result', 'ip']}
        options={data}
      />
    ),
    seen: () => <SeenPanel options={data} />,
    hours: () => (
      <EntriesPanel
        path="/audit/hours"
        caption={w.tabs.hours}
        hint={w.hoursHint(from, to, officeDays)}
        fields={['actor', 'agency', 'case']}
        options={data}
      />
    ),
    mass: () => <MassPanel options={data} />,
    monthly: () => <MonthlyPanel options={data} />,
    searches: () => <SearchesPanel options={data} />,
    settings: () => <SettingsPanel settings={data.settings} onSaved={settings => put({ ...data, settings })} />,
  }
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <div className="row">
          <Link href="/glass" className="button" data-testid="open-glasses">
            {words.glass.list}
          </Link>
          <Link href="/emergencies" className="button" data-testid="open-emergencies">
            {words.guard.month}
          </Link>
          {actor?.roles.includes('city') ? (
            <Link href="/incidents" className="button" data-testid="open-incidents">
              {w.incidentTitle}
            </Link>
          ) : null}
        </div>
      </div>
      <p className="soft">{w.privacy}</p>
      <Tabs
        label={w.tabsLabel}
        tabs={Object.entries(w.tabs).map(([id, label]) => ({ id, label }))}
        current={tab}
        onSelect={setTab}
      >
        <div key={tab}>{panels[tab]?.()}</div>
      </Tabs>
    </div>
  )
}
