import { sessionStore } from '../../app/sessionStore'
import { useSession } from '../../app/useSession'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { AddFactor } from '../account/AddFactor'

/** The rules ask for a second factor and there is none yet: it is registered before anything else. */
export function EnrolPage() {
  const session = useSession()
  const w = words.account
  return (
    <main className="entry">
      <section className="card stack" aria-labelledby="enrol-title" data-testid="enrol">
        <h1 id="enrol-title">{w.enrolTitle}</h1>
        <p>{w.enrolText(session?.name ?? '')}</p>
        <AddFactor onDone={() => sessionStore.load()} done={w.start} />
        <div>
          <Button kind="text" onClick={() => void sessionStore.leave().catch(() => {})}>
            {w.restart}
          </Button>
        </div>
      </section>
    </main>
  )
}
