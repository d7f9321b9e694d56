import { api } from '../../api/api'
import type { FormDesk } from '../../api/forms'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { counts } from './change'

interface Props {
  desk: FormDesk
  onWithdrawn: () => Promise<void>
}

/** The changes that were published, the newest first. */
export function VersionsTable({ desk, onWithdrawn }: Props) {
  const { submit, busy, error } = useSubmit()
  const w = words.forms
  const list = [...desk.versions].reverse()
  const current = list.find(v => v.change.effectiveFrom <= desk.today)
  const withdraw = (n: number) =>
    void submit(async () => {
      await api.del(`/forms/${n}`)
      await onWithdrawn()
    })
  if (!list.length) return <p className="soft">{w.nothing}</p>
  return (
    <div className="stack-s">
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <Table caption={w.versions} head={w.versionHead} data-testid="forms-versions">
        {list.map((v, i) => {
          const sum = counts(v.change)
          const planned = v.change.effectiveFrom > desk.today
          return (
            <tr key={v.n}>
              <th scope="row">{w.version(v.n)}</th>
              <td>
                {showDate(v.change.effectiveFrom, 'wareki')}{' '}
                <Chip tone={planned ? 'warn' : v === current ? 'good' : 'plain'}>
                  {planned ? w.planned : v === current ? w.current : w.past}
                </Chip>
              </td>
              <td>{w.sum(sum.added, sum.changed, sum.choices)}</td>
              <td>{v.byName}</td>
              <td>
                {planned && i === 0 ? (
                  <Button small busy={busy} onClick={() => withdraw(v.n)} data-testid="forms-withdraw">
                    {w.withdraw}
                  </Button>
                ) : null}
              </td>
            </tr>
          )
        })}
      </Table>
    </div>
  )
}
