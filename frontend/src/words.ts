import { account } from './words/account'
import { admin } from './words/admin'
import { after } from './words/after'
import { archive } from './words/archive'
import { audit } from './words/audit'
import { carry } from './words/carry'
import { cases } from './words/cases'
import { casesheets } from './words/casesheets'
import { comments } from './words/comments'
import { common } from './words/common'
import { consent } from './words/consent'
import { copies } from './words/copies'
import { correction } from './words/correction'
import { course } from './words/course'
import { datePoll } from './words/dates'
import { decisions } from './words/decisions'
import { drafts } from './words/drafts'
import { during } from './words/during'
import { entry } from './words/entry'
import { figures } from './words/figures'
import { firstRun } from './words/firstRun'
import { forms } from './words/forms'
import { gaiji } from './words/gaiji'
import { glass } from './words/glass'
import { guard } from './words/guard'
import { handouts } from './words/handouts'
import { history } from './words/history'
import { hooks } from './words/hooks'
import { household } from './words/household'
import { imports } from './words/imports'
import { intake } from './words/intake'
import { jobs } from './words/jobs'
import { joinings } from './words/joinings'
import { keeping } from './words/keeping'
import { leads } from './words/leads'
import { localIssues } from './words/localIssues'
import { mail } from './words/mail'
import { matrix } from './words/matrix'
import { meeting } from './words/meeting'
import { meetingTypes } from './words/meetingTypes'
import { network } from './words/network'
import { notice } from './words/notice'
import { outreach } from './words/outreach'
import { overdue } from './words/overdue'
import { places } from './words/places'
import { plan } from './words/plan'
import { prep } from './words/prep'
import { prepare } from './words/prepare'
import { referral } from './words/referral'
import { reviews } from './words/reviews'
import { sitting } from './words/sitting'
import { status } from './words/status'
import { tables } from './words/tables'
import { tokens } from './words/tokens'

/** Every sentence the pages show, by part of the product. Nothing is said in Japanese anywhere else. */
export const words = {
  ...common,
  after,
  datePoll,
  drafts,
  during,
  entry,
  decisions,
  imports,
  course,
  intake,
  referral,
  figures,
  firstRun,
  forms,
  gaiji,
  glass,
  guard,
  carry,
  comments,
  cases,
  casesheets,
  consent,
  plan,
  network,
  notice,
  places,
  prep,
  prepare,
  matrix,
  meeting,
  meetingTypes,
  archive,
  copies,
  correction,
  keeping,
  audit,
  admin,
  account,
  handouts,
  history,
  hooks,
  household,
  joinings,
  leads,
  localIssues,
  mail,
  outreach,
  overdue,
  reviews,
  sitting,
  jobs,
  status,
  tables,
  tokens,
}
