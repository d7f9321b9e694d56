import { type FormEvent, useEffect, useState } from 'react'
import type { SignInRules } from '../../api/account'
import { api } from '../../api/api'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

const NUMBERS = ['idleLockMinutes', 'meetingLockMinutes', 'passwordMin'] as const

interface Props {
  saveLabel?: string
  onSaved?: () => Promise<void>
}

/** サインインの決まり of the municipality. */
export function RulesForm({ saveLabel, onSaved }: Props) {
  const { data, error, reload } = useLoad<SignInRules>('/sign-in-rules')
  const [rules, setRules] = useState<SignInRules | null>(null)
  const [numbers, setNumbers] = useState<Record<string, string>>({})
  const [saved, setSaved] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.account
  useEffect(() => {
    if (!data) return
    setRules(data)
    setNumbers(Object.fromEntries(NUMBERS.map(f => [f, String(data[f])])))
  }, [data])
  if (!rules) return <PageState error={error} reload={reload} />
  const set = (part: Partial<SignInRules>) => setRules(s => (s ? { ...s, ...part } : s))
  const send = (e: FormEvent) => {
    e.preventDefault()
    setSaved(false)
    const typed = Object.fromEntries(NUMBERS.map(f => [f, wholeNumber(numbers[f] ?? '')]))
    void submit(async () => {
      await api.put('/sign-in-rules', { ...rules, ...typed })
      setSaved(true)
      await reload()
      await onSaved?.()
    })
  }
  const labels = { idleLockMinutes: w.idle, meetingLockMinutes: w.meetingLock, passwordMin: w.passwordMin }
  const problem = rest(...NUMBERS, 'factorRoles')
  return (
    <form className="card stack" onSubmit={send} noValidate aria-labelledby="rules-title">
      <h2 id="rules-title">{w.rules}</h2>
      {problem ? <Banner tone="bad" title={problem} /> : null}
      {saved ? <Banner tone="good" title={w.rulesSaved} data-testid="rules-saved" /> : null}
      {NUMBERS.map(f => (
        <TextField
          key={f}
          label={labels[f]}
          hint={f === 'idleLockMinutes' ? w.idleHint : undefined}
          value={numbers[f] ?? ''}
          onValue={v => setNumbers(s => ({ ...s, [f]: v }))}
          inputMode="numeric"
          error={at(f)}
          required
          data-testid={`rule-${f}`}
        />
      ))}
      <Check
        label={w.oneSession}
        checked={rules.oneSession}
        onValue={oneSession => set({ oneSession })}
        data-testid="rule-oneSession"
      />
      <Check label={w.lobby} checked={rules.lobby} onValue={lobby => set({ lobby })} data-testid="rule-lobby" />
      <Check label={w.copies} checked={rules.copies} onValue={copies => set({ copies })} data-testid="rule-copies" />
      <Group label={w.factorRoles} error={at('factorRoles')}>
        {words.admin.roleList.map(r => (
          <Check
            key={r.value}
            label={r.label}
            checked={rules.factorRoles.includes(r.value)}
            onValue={on =>
              set({
                factorRoles: on ? [...rules.factorRoles, r.value] : rules.factorRoles.filter(x => x !== r.value),
              })
            }
            data-testid={`rule-role-${r.value}`}
          />
        ))}
      </Group>
      <div>
        <Button type="submit" kind="solid" busy={busy} data-testid="rules-save">
          {saveLabel ?? words.form.save}
        </Button>
      </div>
    </form>
  )
}

/** What was typed as a number, in any width; -1 for what is none, which the server refuses beside the field. */
function wholeNumber(s: string): number {
  const plain = s.normalize('NFKC').trim()
  return /^\d{1,4}$/.test(plain) ? Number(plain) : -1
}
