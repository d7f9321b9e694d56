import { useState } from 'react'
import { api } from '../../api/api'
import type { Agency, User } from '../../api/session'
import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Dialog } from '../../parts/Dialog'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { UserSecurity } from './UserSecurity'

/** What a 機関管理者 may give. */
const OWN = ['agency', 'observer', 'staff_admin']

interface Props {
  user: User | null
  agencies: readonly Agency[]
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Registers or changes an account. */
export function UserDialog({ user, agencies, onClose, onSaved }: Props) {
  const [u, setUser] = useState<User>(
    user ?? { id: '', agencyId: '', login: '', name: '', kana: '', post: '', roles: ['agency'], disabled: false },
  )
  const [password, setPassword] = useState('')
  const { submit, busy, at, rest: other } = useSubmit()
  const w = words.admin
  const all = useActor().roles.some(r => r === 'admin' || r === 'city')
  const roles = w.roleList.filter(r => all || OWN.includes(r.value) || u.roles.includes(r.value))
  const set = (part: Partial<User>) => setUser(s => ({ ...s, ...part }))
  const save = () =>
    void submit(async () => {
      const { id: _, ...rest } = u
      const body = password ? { ...rest, password } : rest
      if (user) await api.put(`/users/${user.id}`, body)
      else await api.post('/users', body)
      await onSaved()
    })
  const error = other('name', 'kana', 'login', 'post', 'agencyId', 'password', 'roles')
  return (
    <Dialog
      title={user ? w.editUser : w.addUser}
      onClose={onClose}
      data-testid="user-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="user-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <div className="form-grid">
          <TextField
            label={w.userName}
            value={u.name}
            onValue={name => set({ name })}
            error={at('name')}
            required
            data-testid="user-name"
          />
          <TextField
            label={w.kana}
            value={u.kana}
            onValue={kana => set({ kana })}
            error={at('kana')}
            data-testid="user-kana"
          />
          <SelectField
            label={w.agency}
            value={u.agencyId}
            options={[{ value: '', label: words.form.choose }, ...agencies.map(a => ({ value: a.id, label: a.name }))]}
            onValue={agencyId => set({ agencyId })}
            error={at('agencyId')}
            required
            data-testid="user-agency"
          />
          <TextField
            label={w.post}
            value={u.post}
            onValue={post => set({ post })}
            error={at('post')}
            data-testid="user-post"
          />
          <TextField
            label={w.login}
            value={u.login}
            onValue={login => set({ login })}
            error={at('login')}
            autoComplete="off"
            required
            data-testid="user-login"
          />
          <TextField
            label={user ? w.passwordNew : w.password}
            hint={words.entry.passwordHint}
            type="password"
            value={password}
            onValue={setPassword}
            error={at('password')}
            autoComplete="new-password"
            required={!user}
            data-testid="user-password"
          />
        </div>
        <Group label={w.roles} error={at('roles')}>
          {roles.map(r => (
            <Check
              key={r.value}
              label={r.label}
              checked={u.roles.includes(r.value)}
              onValue={on => set({ roles: on ? [...u.roles, r.value] : u.roles.filter(x => x !== r.value) })}
              data-testid={`role-${r.value}`}
            />
          ))}
        </Group>
        <Check label={w.disabled} checked={u.disabled} onValue={disabled => set({ disabled })} />
        {user ? <UserSecurity id={user.id} /> : null}
      </div>
    </Dialog>
  )
}
