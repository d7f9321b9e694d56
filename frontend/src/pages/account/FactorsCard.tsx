import { useState } from 'react'
import type { OwnFactor } from '../../api/account'
import { passkeysHere } from '../../app/passkeys'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { AddFactor } from './AddFactor'
import { ConfirmDialog } from './ConfirmDialog'

interface Props {
  factors: readonly OwnFactor[]
  reload: () => Promise<void>
}

type Open = { add: 'totp' | 'passkey' } | { remove: OwnFactor } | 'codes' | null

/** 二要素認証の手段. */
export function FactorsCard({ factors, reload }: Props) {
  const [open, setOpen] = useState<Open>(null)
  const w = words.account
  const close = () => setOpen(null)
  const done = async () => {
    close()
    await reload()
  }
  return (
    <section className="card stack" aria-labelledby="factors-title">
      <h2 id="factors-title">{w.factors}</h2>
      <p>{w.factorsText}</p>
      {factors.length ? (
        <Table caption={w.factors} head={[w.kind, w.name, w.addedAt, w.usedAt, '']} data-testid="factor-list">
          {factors.map(f => (
            <tr key={f.id} data-kind={f.kind}>
              <th scope="row">{w.kinds[f.kind]}</th>
              <td>{f.kind === 'recovery' ? w.left(f.left) : f.name}</td>
              <td className="num">{showInstant(f.createdAt, 'wareki')}</td>
              <td className="num">{f.usedAt ? showInstant(f.usedAt, 'wareki') : w.never}</td>
              <td>
                {f.kind === 'recovery' ? (
                  <Button small onClick={() => setOpen('codes')} data-testid="codes-new">
                    {w.newCodes}
                  </Button>
                ) : (
                  <Button
                    small
                    kind="danger"
                    onClick={() => setOpen({ remove: f })}
                    data-testid={`factor-remove-${f.kind}`}
                  >
                    {w.removeOf(f.name)}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p className="soft">{w.none}</p>
      )}
      <div className="row">
        <Button onClick={() => setOpen({ add: 'totp' })} data-testid="factor-add-totp">
          {w.addApp}
        </Button>
        {passkeysHere() ? (
          <Button onClick={() => setOpen({ add: 'passkey' })} data-testid="factor-add-passkey">
            {w.addPasskey}
          </Button>
        ) : null}
      </div>
      {open && typeof open === 'object' && 'add' in open ? (
        <Dialog title={open.add === 'totp' ? w.appTitle : w.passkeyTitle} onClose={done} data-testid="factor-dialog">
          <AddFactor kind={open.add} done={words.form.close} onDone={done} />
        </Dialog>
      ) : null}
      {open === 'codes' ? <ConfirmDialog onClose={close} onDone={done} /> : null}
      {open && typeof open === 'object' && 'remove' in open ? (
        <ConfirmDialog factor={open.remove} onClose={close} onDone={done} />
      ) : null}
    </section>
  )
}
