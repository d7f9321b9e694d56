import { Link } from 'wouter'
import type { CasePapers } from '../../api/copies'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 文書の写し: every paper of a case that is no sealed record, and which copies can be made of it. */
export function CasePapersPage({ id }: { id: string }) {
  const { data, error, reload } = useLoad<CasePapers>(`/cases/${id}/papers`)
  const w = words.copies.ofCase
  return (
    <div className="stack page">
      <Link href={`/cases/${id}`}>{w.toCase}</Link>
      <h1>{w.title}</h1>
      {data ? (
        <>
          <p>
            <strong>{data.caseNumber}</strong>
          </p>
          <p className="soft">{w.lead}</p>
          <p>
            <Link href="/archive">{w.records}</Link>
          </p>
          <Table caption={w.caption} head={[w.paper, w.note, w.kinds, '']} data-testid="case-papers">
            {data.papers.map(p => (
              <tr key={p.id}>
                <th scope="row">{p.title}</th>
                <td>{p.note || '－'}</td>
                <td>
                  {p.kinds
                    .filter(k => !k.why)
                    .map(k => k.label)
                    .join('、')}
                </td>
                <td>
                  <Link
                    className="button"
                    data-small
                    href={`/archive/${p.id}/copies`}
                    aria-label={w.makeOf(p.title, p.note)}
                    data-testid={`copies-of-${p.kind}`}
                  >
                    {w.make}
                  </Link>
                </td>
              </tr>
            ))}
          </Table>
        </>
      ) : (
        <PageState error={error} reload={reload} />
      )}
    </div>
  )
}
