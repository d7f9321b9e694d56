import type { CaseMember, CodeEntry } from '../../api/cases'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  agencies: readonly CaseMember[]
  items: readonly CodeEntry[]
  value: Record<string, string[]>
  onValue: (scope: Record<string, string[]>) => void
  error?: string | undefined
}

/** Agencies × items of information: what is ticked is shown to that agency, nothing else is. */
export function ScopeTable({ agencies, items, value, onValue, error }: Props) {
  const w = words.consent
  const set = (agency: string, list: string[]) =>
    onValue({ ...value, [agency]: items.map(i => i.code).filter(c => list.includes(c)) })
  return (
    <fieldset className="field">
      <legend className="field-label">
        {w.scope}
        <span className="field-need">{words.form.required}</span>
      </legend>
      <span className="field-hint">{w.scopeHint}</span>
      <div className="table-wrap">
        <table className="table scope-table" data-testid="scope-table">
          <thead>
            <tr>
              <th scope="col">{w.scopeAgency}</th>
              {items.map(i => (
                <th key={i.code} scope="col">
                  {i.label}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">{w.allItems}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {agencies.map(a => {
              const mine = value[a.agencyId] ?? []
              return (
                <tr key={a.agencyId}>
                  <th scope="row">{a.name}</th>
                  {items.map(i => (
                    <td key={i.code}>
                      <label>
                        <input
                          type="checkbox"
                          aria-label={`${a.name}：${i.label}`}
                          data-testid={`scope-${a.agencyId}-${i.code}`}
                          checked={mine.includes(i.code)}
                          onChange={e =>
                            set(
                              a.agencyId,
                              e.currentTarget.checked ? [...mine, i.code] : mine.filter(c => c !== i.code),
                            )
                          }
                        />
                      </label>
                    </td>
                  ))}
                  <td>
                    <Button
                      small
                      kind="text"
                      aria-label={`${a.name}：${w.allItems}`}
                      data-testid={`scope-${a.agencyId}-all`}
                      onClick={() => set(a.agencyId, mine.length === items.length ? [] : items.map(i => i.code))}
                    >
                      {mine.length === items.length ? words.form.remove : w.allItems}
                    </Button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {error ? (
        <div className="field-error" role="alert">
          {error}
        </div>
      ) : null}
    </fieldset>
  )
}
