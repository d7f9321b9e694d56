import type { StepId, Way } from '../../api/firstRun'
import { useActor } from '../../app/useActor'
import { useSession } from '../../app/useSession'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { AgencyList } from '../admin/AgencyList'
import { LogoCard } from '../admin/LogoCard'
import { RulesForm } from '../admin/RulesForm'
import { TownForm } from '../admin/TownForm'
import { TypesCard } from '../admin/TypesCard'
import { ClassTableCard } from '../archive/ClassTableCard'
import '../archive/archive.css'
import { Summary } from './Summary'

interface Props {
  step: StepId
  way: Way
  onDone: () => Promise<void>
}

/** The screen of a step, and the button that says it is done. */
export function StepBody({ step, way, onDone }: Props) {
  const city = useActor().roles.includes('city')
  const logo = Boolean(useSession()?.municipality?.logo)
  const w = words.firstRun
  if (step === 'town') return <TownForm saveLabel={w.saveNext} onSaved={onDone} />
  if (step === 'signin') return <RulesForm saveLabel={w.saveNext} onSaved={onDone} />
  if (!city && (step === 'kinds' || step === 'retention')) return <Banner title={w.notYours} />
  const label = { logo: logo ? w.confirm : w.withoutLogo, summary: w.finish }[step as string] ?? w.confirm
  return (
    <>
      {step === 'agencies' ? <AgencyList /> : null}
      {step === 'kinds' ? <TypesCard /> : null}
      {step === 'retention' ? (
        <div className="card stack">
          <ClassTableCard />
        </div>
      ) : null}
      {step === 'logo' ? <LogoCard /> : null}
      {step === 'summary' ? <Summary way={way} city={city} /> : null}
      {step === 'summary' && way.steps.at(-1)?.done ? null : <Confirm label={label} onDone={onDone} />}
    </>
  )
}

function Confirm({ label, onDone }: { label: string; onDone: () => Promise<void> }) {
  const { submit, busy, rest } = useSubmit()
  const failed = rest()
  return (
    <div className="stack-s no-print firstrun-confirm">
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <div>
        <Button kind="solid" busy={busy} onClick={() => void submit(onDone)} data-testid="step-confirm">
          {label}
        </Button>
      </div>
    </div>
  )
}
