import { Link } from 'wouter'
import type { LocalIssueList } from '../../api/localIssues'
import type { PlaceDetail } from '../../api/places'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'
import { PlaceForm } from './PlaceForm'

/** A new 社会資源; with the ids of a meeting and a memo, one that is made of that 地域課題. */
export function NewPlacePage({ meeting = '', note = '' }: { meeting?: string; note?: string }) {
  const issues = useLoad<LocalIssueList>(note ? '/local-issues' : null)
  const w = words.places
  if (note && !issues.data) return <PageState error={issues.error} reload={issues.reload} />
  const issue = issues.data?.issues.find(i => i.id === note && i.meetingId === meeting)
  return (
    <div className="page stack">
      <p className="crumbs">
        {note ? (
          <Link href="/local-issues">{words.localIssues.title}</Link>
        ) : (
          <Link href="/places">{words.places.title}</Link>
        )}
      </p>
      <h1>{w.addTitle}</h1>
      {note && !issue ? (
        <Banner tone="bad" title={w.issueGone} />
      ) : (
        <>
          {issue ? (
            <section className="card stack-s" aria-label={w.issue}>
              <h2>{w.issue}</h2>
              <p data-testid="place-issue">{issue.text}</p>
              <p className="soft">{w.issueIntro}</p>
            </section>
          ) : null}
          <PlaceForm place={null} issueMeeting={meeting} issueNote={note} />
        </>
      )}
    </div>
  )
}

/** Changes a 社会資源. */
export function EditPlacePage({ id }: { id: string }) {
  const { data, error, reload } = useLoad<PlaceDetail>(`/places/${id}`)
  const w = words.places
  if (!data) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href={`/places/${id}`}>{data.name}</Link>
      </p>
      <h1>{w.editTitle}</h1>
      <PlaceForm key={data.n} place={data} />
    </div>
  )
}
