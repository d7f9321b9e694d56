import { words } from '../words'

/** For those whose role has no page here. */
export function WelcomePage() {
  return (
    <div className="page stack">
      <h1>{words.app.name}</h1>
      <p>{words.app.noPages}</p>
    </div>
  )
}
