import type { DemoAccount } from '../../api/session'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  accounts: readonly DemoAccount[]
  onChoose: (account: DemoAccount) => void
}

/** The people of the demo, as buttons that fill the form. */
export function DemoAccounts({ accounts, onChoose }: Props) {
  const w = words.entry
  return (
    <section className="card stack" aria-labelledby="demo-title" data-testid="demo-accounts">
      <h2 id="demo-title">{w.demoTitle}</h2>
      <Banner tone="warn" title={words.app.demo}>
        {w.demoText}
      </Banner>
      <ul className="demo-list">
        {accounts.map(a => (
          <li key={a.login}>
            <Button onClick={() => onChoose(a)} aria-label={w.fill(a.name)} data-testid={`demo-${a.login}`}>
              {a.name}
            </Button>
            <div>
              <strong>{a.agency}</strong>　{a.roleLabel}
              <br />
              <span className="soft">{a.hint}</span>
            </div>
          </li>
        ))}
      </ul>
      <p className="soft">{w.demoTwo}</p>
    </section>
  )
}
