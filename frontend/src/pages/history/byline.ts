import type { By } from '../../api/history'
import { showInstant } from '../../dates/showInstant'
import { words } from '../../words'

/** Who, with the agency at that time. */
export const whoOf = (by: By) => words.history.who(by.name || words.history.nobody, by.agencyName)

/** When and who. */
export const bylineOf = (by: By) => words.history.at(showInstant(by.at, 'short'), whoOf(by))
