import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { CasePage as CaseData } from '../../api/cases'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { jstParts } from '../../dates/jstParts'
import { showInstant } from '../../dates/showInstant'
import { LivePage } from '../../live/LivePage'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { GlassGuard } from '../glass/GlassGuard'
import { DoublesCard } from '../intake/DoublesCard'
import { IntakeCard } from '../intake/IntakeCard'
import { JoiningCard } from '../joining/JoiningCard'
import { LeadsCard } from '../leads/LeadsCard'
import { MeetingLine } from '../meeting/MeetingLine'
import { OutreachCard } from '../outreach/OutreachCard'
import { ReferralsCard } from '../referral/ReferralsCard'
import { BarsCard } from './BarsCard'
import { CourseCard } from './CourseCard'
import { consentTone } from './consentTone'
import { DecisionsCard } from './DecisionsCard'
import { DiscretionsCard } from './DiscretionsCard'
import { EmergencyCard } from './EmergencyCard'
import { FollowupsCard } from './FollowupsCard'
import { HouseholdCard } from './HouseholdCard'
import { MembersCard } from './MembersCard'
import { personLabel } from './personLabel'
import { SectionsCard } from './SectionsCard'
import { StageField } from './StageField'

interface Props {
  id: string
}

/** One case: household, records, consent, agencies, plans and meetings. */
export function CasePage({ id }: Props) {
  const { data, error, reload } = useLoad<CaseData>(`/cases/${id}`)
  const { submit, busy, error: failed } = useSubmit()
  const [, go] = useLocation()
  const [notice, setNotice] = useState('')
  const w = words.cases
  if (!data) return <PageState error={error} reload={reload} />
  const { abilities, persons } = data
  const changed = async () => {
    await reload()
    setNotice(words.admin.saved)
  }
  const newPlan = () =>
    void submit(async () => {
      const newest = [...data.plans].sort((a, b) => b.round - a.round)[0]
      const made = await api.post<{ id: string }>(`/cases/${id}/plans`, { previous: newest?.id ?? '' })
      go(`/plans/${made.id}`)
    })
  return (
    <LivePage context="">
      <GlassGuard glass={data.glass}>
        <div className="page stack">
          <p className="crumbs">
            {data.glass ? <Link href="/admin/glass">{words.glass.title}</Link> : <Link href="/cases">{w.title}</Link>}
          </p>
          <div className="between">
            <div className="row">
              <h1 data-testid="case-number">{data.case.number}</h1>
              <Chip tone="key">{data.case.stageLabel}</Chip>
              <StageField data={data} onChanged={changed} />
              <span className="soft">
                {w.opened} {showInstant(data.case.openedAt, 'wareki').split('（')[0]}
              </span>
            </div>
            <span role="status" className="soft">
              {notice}
            </span>
          </div>
          {failed ? <Banner tone="bad" title={failed.message} /> : null}
          {abilities.edit && !data.glass ? <DoublesCard caseId={id} /> : null}
          <div className="case-cols">
            <div className="stack">
              {data.glass ? null : <IntakeCard caseId={id} records={abilities.recordConsent} onChanged={changed} />}
              <HouseholdCard caseId={id} persons={persons} mayEdit={abilities.edit} onChanged={changed} />
              {data.glass ? null : (
                <section className="card between" aria-label={words.household.title}>
                  <p>{words.household.lead}</p>
                  <Link href={`/cases/${id}/household`} className="button" data-testid="open-household">
                    {words.household.open}
                  </Link>
                </section>
              )}
              <SectionsCard
                caseId={id}
                persons={persons}
                sections={data.sections}
                openedOn={jstParts(data.case.openedAt).date}
                members={data.members}
                glass={!!data.glass}
                reload={reload}
              />
            </div>
            <div className="stack">
              {data.glass ? null : (
                <>
                  <CourseCard caseId={id} version={data.case.version} persons={persons} mayEdit={abilities.edit} />
                  <FollowupsCard
                    caseId={id}
                    closed={data.case.stage === 'closed'}
                    agencies={data.members.filter(m => !m.until).map(m => ({ value: m.agencyId, label: m.name }))}
                  />
                  <section className="card stack-s" aria-labelledby="consent-title">
                    <div className="between">
                      <h2 id="consent-title">{w.consentTitle}</h2>
                      <Link href={`/cases/${id}/consents`} className="button" data-testid="open-consents">
                        {w.consentDesk}
                      </Link>
                    </div>
                    {(data.consent ?? []).map(c => (
                      <div key={c.personId} className="row">
                        <span>{personLabel(persons, c.personId)}</span>
                        <Chip tone={consentTone(c.state)}>{c.stateLabel}</Chip>
                        {c.until ? (
                          <span className="soft">
                            {words.consent.validUntil(
                              showInstant(Date.parse(c.until) - 1, 'wareki').split('（')[0] ?? '',
                            )}
                          </span>
                        ) : null}
                      </div>
                    ))}
                  </section>
                  <section className="card stack-s" aria-labelledby="meetings-title">
                    <div className="between">
                      <h2 id="meetings-title">{w.meetings}</h2>
                      {abilities.createMeeting ? (
                        <Link
                          href={`/cases/${id}/meetings/new`}
                          className="button"
                          data-kind="solid"
                          data-testid="new-meeting"
                        >
                          {w.newMeeting}
                        </Link>
                      ) : null}
                    </div>
                    {data.meetings.length ? null : <p className="soft">{w.noMeetings}</p>}
                    <ul className="list">
                      {data.meetings.map(m => (
                        <MeetingLine key={m.id} meeting={m} />
                      ))}
                    </ul>
                  </section>
                </>
              )}
              {data.glass ? null : <OutreachCard caseId={id} />}
              {data.glass ? null : <JoiningCard caseId={id} />}
              <LeadsCard
                caseId={id}
                agencies={data.members.filter(m => !m.until).map(m => ({ value: m.agencyId, label: m.name }))}
                end={data.case.end}
              />
              <section className="card stack-s" aria-labelledby="plans-title">
                <div className="between">
                  <h2 id="plans-title">{w.plans}</h2>
                  {data.plans.length && !data.glass ? (
                    <Link href={`/cases/${id}/reviews`} className="button" data-testid="open-reviews">
                      {words.reviews.open}
                    </Link>
                  ) : null}
                  {abilities.createPlan ? (
                    <Button onClick={newPlan} busy={busy} data-testid="new-plan">
                      {w.newPlan}
                    </Button>
                  ) : null}
                </div>
                {data.plans.length ? null : <p className="soft">{w.noPlans}</p>}
                <ul className="list">
                  {data.plans.map(p => (
                    <li key={p.id} className="row">
                      <Link href={`/plans/${p.id}`} data-testid={`plan-${p.round}`}>
                        {p.label ?? w.planRound(p.round)}
                      </Link>
                      {p.stateLabel ? <Chip>{p.stateLabel}</Chip> : null}
                      <span className="soft">{showInstant(p.createdAt, 'short')}</span>
                    </li>
                  ))}
                </ul>
              </section>
              {data.glass ? null : <ReferralsCard caseId={id} closed={data.case.stage === 'closed'} />}
              {abilities.edit ? <DecisionsCard caseId={id} version={data.case.version} /> : null}
              <MembersCard caseId={id} members={data.members} mayEdit={abilities.addMember} onChanged={changed} />
              {abilities.edit ? (
                <>
                  <EmergencyCard caseId={id} members={data.members} persons={persons} />
                  <DiscretionsCard caseId={id} persons={persons} onChanged={changed} />
                  <BarsCard caseId={id} />
                </>
              ) : null}
            </div>
          </div>
        </div>
      </GlassGuard>
    </LivePage>
  )
}
