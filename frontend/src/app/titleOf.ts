import { words } from '../words'

/** Title of the window for a path: which part of the product, never whose case. */
export function titleOf(path: string): string {
  const w = words
  const parts: [RegExp, string][] = [
    [/^\/intakes\/new$/, w.intake.take],
    [/^\/intakes/, w.intake.title],
    [/^\/referrals/, w.referral.title],
    [/^\/cases\/[^/]+\/referrals\/new/, w.referral.newTitle],
    [/^\/cases\/new$/, w.cases.newTitle],
    [/^\/cases\/[^/]+\/consents\/new/, w.consent.record],
    [/^\/cases\/[^/]+\/consents\/renew/, w.consent.renew],
    [/^\/cases\/[^/]+\/consents/, w.consent.desk],
    [/^\/cases\/[^/]+\/meetings\/new/, w.meeting.startNew],
    [/^\/cases\/[^/]+\/household/, w.household.title],
    [/^\/cases\/[^/]+\/outreach/, w.outreach.title],
    [/^\/cases\/[^/]+\/reviews/, w.reviews.title],
    [/^\/outreach/, w.outreach.dayTitle],
    [/^\/cases\/[^/]+\/persons\/[^/]+\/seen/, w.audit.who],
    [/^\/cases\/[^/]+\/joining/, w.joinings.title],
    [/^\/cases/, w.cases.title],
    [/^\/(plans|meetings)\/[^/]+\/history$/, w.history.title],
    [/^\/plans/, w.plan.title],
    [/^\/meetings\/new$/, w.sitting.title],
    [/^\/meetings\/[^/]+\/screen/, w.meeting.screenTitle],
    [/^\/(meetings\/[^/]+\/)?dates$/, w.datePoll.title],
    [/^\/meetings/, w.meeting.list],
    [/^\/archive\/[^/]+\/copies/, w.copies.title],
    [/^\/local-issues/, w.localIssues.title],
    [/^\/overdue/, w.overdue.title],
    [/^\/joinings/, w.joinings.overview],
    [/^\/places\/new/, w.places.addTitle],
    [/^\/places/, w.places.title],
    [/^\/figures/, w.figures.title],
    [/^\/status/, w.status.title],
    [/^\/archive/, w.archive.title],
    [/^\/account/, w.account.title],
    [/^\/audit/, w.audit.title],
    [/^\/incidents/, w.audit.incidentTitle],
    [/^\/emergencies/, w.guard.month],
    [/^\/(admin\/)?glass/, w.glass.title],
    [/^\/admin\/consent-texts/, w.consent.texts],
    [/^\/network/, w.network.title],
    [/^\/admin\/forms/, w.forms.title],
    [/^\/admin\/gaiji/, w.gaiji.title],
    [/^\/admin\/meeting-types/, w.meetingTypes.title],
    [/^\/admin/, w.admin.title],
    [/^\/consents\/ending/, w.consent.ending],
    [/^\/join/, w.entry.joinTitle],
  ]
  const label = parts.find(([p]) => p.test(path))?.[1]
  return label ? `${label}｜${w.app.name}` : w.app.name
}
