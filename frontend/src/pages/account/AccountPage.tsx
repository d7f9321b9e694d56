import type { Account } from '../../api/account'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { FactorsCard } from './FactorsCard'
import { NoticesCard } from './NoticesCard'
import { PasswordCard } from './PasswordCard'
import { SessionsCard } from './SessionsCard'

/** 自分のアカウント: password, second factors, mails, where one is signed in. */
export function AccountPage() {
  const { data, error, reload } = useLoad<Account>('/account')
  if (!data) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <h1>{words.account.title}</h1>
      <PasswordCard least={data.passwordMin} onDone={reload} />
      <FactorsCard factors={data.factors} reload={reload} />
      <NoticesCard />
      <SessionsCard sessions={data.sessions} reload={reload} />
    </div>
  )
}
