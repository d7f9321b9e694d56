import { words } from '../../words'
import { AdminNav } from './AdminNav'
import { DaysCard } from './DaysCard'
import { DecisionSteps } from './DecisionSteps'
import { RulesForm } from './RulesForm'

/** サインインの決まり and other rules of the municipality. */
export function RulesPage() {
  return (
    <div className="page stack">
      <div className="between">
        <h1>{words.admin.title}</h1>
        <AdminNav />
      </div>
      <RulesForm />
      <DaysCard of="handout-days" w={words.handouts} />
      <DaysCard of="referral-days" w={words.referral} />
      <DecisionSteps />
    </div>
  )
}
