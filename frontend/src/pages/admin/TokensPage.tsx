import { useState } from 'react'
import { api } from '../../api/api'
import type { Answer } from '../../api/schema'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { AdminNav } from './AdminNav'
import { Hooks } from './hooks/Hooks'
import { SecretShown } from './SecretShown'
import { TokenDialog } from './TokenDialog'

export type TokenDesk = Answer<'GET /api/tokens'>
type Token = TokenDesk['tokens'][number]

/** 連携用トークン: those there are, a new one, and the end of one; below, what other systems are told (連携先への通知). */
export function TokensPage() {
  const { data, error, reload } = useLoad<TokenDesk>('/tokens')
  const [making, setMaking] = useState(false)
  const [shown, setShown] = useState('')
  const [ending, setEnding] = useState<Token | null>(null)
  const w = words.tokens
  if (!data) return <PageState error={error} reload={reload} />
  const label = (id: string) => data.scopes.find(s => s.id === id)?.label ?? id
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <AdminNav />
        <Button kind="solid" onClick={() => setMaking(true)} data-testid="token-new">
          {w.make}
        </Button>
      </div>
      <p>{w.lead}</p>
      {data.tokens.length === 0 ? (
        <p className="card">{w.empty}</p>
      ) : (
        <Table caption={w.title} head={w.head} data-testid="token-list">
          {data.tokens.map(t => (
            <tr key={t.id}>
              <th scope="row">{t.name}</th>
              <td>{t.agencyName}</td>
              <td>{t.scopes.map(label).join('、')}</td>
              <td>{t.addresses.join('、') || w.anywhere}</td>
              <td>{showInstant(t.expiresAt)}</td>
              <td>{t.usedAt ? w.used(showInstant(t.usedAt), t.usedIp) : w.never}</td>
              <td>
                <State t={t} />
              </td>
              <td>
                {t.endedAt ? null : (
                  <Button small onClick={() => setEnding(t)} aria-label={`${t.name}：${w.revoke}`}>
                    {w.revoke}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {making ? (
        <TokenDialog
          desk={data}
          onClose={() => setMaking(false)}
          onMade={async token => {
            setMaking(false)
            setShown(token)
            await reload()
          }}
        />
      ) : null}
      {shown ? (
        <SecretShown
          value={shown}
          onClose={() => setShown('')}
          words={{ title: w.madeTitle, text: w.madeText, label: w.token, close: w.close }}
          testid="token"
        />
      ) : null}
      {ending ? <Revoke token={ending} onClose={() => setEnding(null)} onDone={reload} /> : null}
      <Hooks />
    </div>
  )
}

function State({ t }: { t: Token }) {
  const w = words.tokens
  if (t.endedAt) return <Chip tone="plain">{w.ended(showInstant(t.endedAt))}</Chip>
  if (Date.parse(t.expiresAt) <= Date.now()) return <Chip tone="warn">{w.over}</Chip>
  return <Chip tone="good">{w.live}</Chip>
}

function Revoke({ token, onClose, onDone }: { token: Token; onClose: () => void; onDone: () => Promise<void> | void }) {
  const { submit, busy, rest } = useSubmit()
  const w = words.tokens
  const error = rest()
  return (
    <Dialog
      title={w.revokeTitle}
      onClose={onClose}
      data-testid="token-revoke"
      foot={
        <>
          <Button onClick={onClose}>{w.cancel}</Button>
          <Button
            kind="solid"
            busy={busy}
            data-testid="token-revoke-do"
            onClick={() =>
              void submit(async () => {
                await api.post(`/tokens/${token.id}/revoke`)
                await onDone()
                onClose()
              })
            }
          >
            {w.revoke}
          </Button>
        </>
      }
    >
      {error ? <Banner tone="bad" title={error} /> : null}
      <p>{w.revokeText(token.name)}</p>
    </Dialog>
  )
}
