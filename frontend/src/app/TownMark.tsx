import { words } from '../words'
import { base } from './base'
import { useSession } from './useSession'

/** Name of the municipality in the head, behind its mark where it has one. */
export function TownMark() {
  const town = useSession()?.municipality
  if (!town) return <span className="head-city" />
  return (
    <span className="head-city">
      {town.logo ? (
        <img
          className="head-logo"
          src={`${base}/api/town/logo?v=${town.logo}`}
          alt={words.firstRun.logoAlt(town.name)}
          data-testid="town-logo"
        />
      ) : null}
      {town.name}
    </span>
  )
}
