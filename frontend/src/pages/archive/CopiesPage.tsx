import './archive.css'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Choice, CopyDesk, CopyTexts, Mark } from '../../api/copies'
import { askFile, saveFile } from '../../api/takeFile'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { CopyList } from './CopyList'
import { DoubtPart } from './DoubtPart'
import { doubtKey } from './doubts'
import { RedactPart } from './RedactPart'

/** 写しを作る: copies of one sealed record, or of a paper of a case (case~kind~of), for an agency, the person, a 開示請求, or 研修. */
export function CopiesPage({ id }: { id: string }) {
  const { data, error, reload } = useLoad<CopyDesk>(`/archive/${id}/copies`)
  const w = words.copies
  const [caseId, paper] = id.split('~')
  return (
    <div className="stack page">
      {paper ? <Link href={`/cases/${caseId}/papers`}>{w.ofCase.back}</Link> : <Link href="/archive">{w.back}</Link>}
      <h1>{w.title}</h1>
      {data ? (
        <>
          <p>
            <strong>{data.number}</strong>　{data.title}
          </p>
          <p className="soft">{paper ? w.ofCase.copyLead : w.lead}</p>
          <CopyForm id={id} desk={data} onMade={reload} />
          <CopyList copies={data.copies} looks={data.looks} />
        </>
      ) : (
        <PageState error={error} reload={reload} />
      )}
    </div>
  )
}

interface Props {
  id: string
  desk: CopyDesk
  onMade: () => Promise<void>
}

function CopyForm({ id, desk, onMade }: Props) {
  const [kind, setKind] = useState((desk.kinds.find(k => !k.why) ?? desk.kinds[0])?.id ?? '')
  const [agencyId, setAgency] = useState('')
  const [personId, setPerson] = useState(desk.persons[0]?.id ?? '')
  const [look, setLook] = useState(desk.looks[1]?.id ?? '')
  const [purpose, setPurpose] = useState('')
  const [marks, setMarks] = useState<Mark[]>([])
  const [unmarked, setUnmarked] = useState<string | null>(null)
  const [hidden, setHidden] = useState<Set<string>>(new Set())
  const [looked, setLooked] = useState(false)
  const [done, setDone] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const {
    data: texts,
    error,
    reload,
  } = useLoad<CopyTexts>(kind === 'redacted' || kind === 'anonymous' ? `/archive/${id}/texts` : null)
  // Marks belong to the text they were made on: the same text read again (after 離席ロック) leaves them, another text has those kept for it.
  const [marked, setMarked] = useState('')
  if (texts && texts.sum !== marked) {
    setMarked(texts.sum)
    setMarks(texts.before)
    setHidden(new Set())
    setLooked(false)
  }
  const anonymous = texts?.anonymous ?? { sum: '', doubts: [] }
  const w = words.copies
  const label = desk.kinds.find(k => k.id === kind)?.label ?? ''

  const send = (preview: boolean) => {
    setDone('')
    void submit(async () => {
      const wish = {
        kind,
        agencyId: kind === 'agency' ? agencyId : '',
        personId: kind === 'given' ? personId : '',
        look: kind === 'given' ? look : '',
        purpose,
        marks: kind === 'redacted' ? marks : [],
        sum:
          kind === 'redacted' ? (texts?.sum ?? '') : kind === 'anonymous' && (preview || looked) ? anonymous.sum : '',
        hide:
          kind === 'anonymous'
            ? anonymous.doubts.filter(d => hidden.has(doubtKey(d))).map(({ no, from, to }) => ({ no, from, to }))
            : [],
        unmarked: kind === 'redacted' && !marks.length ? (unmarked ?? '') : '',
      }
      const file = await askFile(`/archive/${id}/copies${preview ? '/preview' : ''}`, wish)
      const n = desk.copies.length + 1
      const number = kind === 'anonymous' ? w.open : desk.number
      saveFile(file, preview ? w.previewName : w.fileName(number, label, n))
      setDone(preview ? w.previewed : w.made(n))
      if (!preview) await onMade()
    })
  }
  const problem = rest('agencyId', 'personId', 'look', 'purpose', ...(unmarked === null ? [] : ['unmarked']))
  const closed = desk.kinds.find(k => k.id === kind)?.why
  return (
    <form
      className="stack"
      onSubmit={e => {
        e.preventDefault()
        send(false)
      }}
    >
      <SelectField
        label={w.kind}
        hint={w.kindHints[kind]}
        value={kind}
        options={desk.kinds.map(k => ({ value: k.id, label: k.label }))}
        onValue={setKind}
        data-testid="copy-kind"
      />
      {closed ? <Banner tone="warn" title={closed} data-testid="copy-closed" /> : null}
      {kind === 'agency' ? (
        <SelectField
          label={w.agency}
          value={agencyId}
          options={[{ value: '', label: w.chooseAgency }, ...desk.agencies.map(option)]}
          onValue={setAgency}
          error={at('agencyId')}
          required
          data-testid="copy-agency"
        />
      ) : null}
      {kind === 'given' ? (
        <SelectField
          label={w.person}
          hint={w.personHint}
          value={personId}
          options={desk.persons.map(option)}
          onValue={setPerson}
          error={at('personId')}
          required
          data-testid="copy-person"
        />
      ) : null}
      {kind === 'given' ? (
        <SelectField
          label={w.look}
          value={look}
          options={desk.looks.map(l => ({ value: l.id, label: l.label }))}
          onValue={setLook}
          error={at('look')}
          data-testid="copy-look"
        />
      ) : null}
      <TextField
        label={w.purpose}
        hint={w.purposeHint}
        value={purpose}
        onValue={setPurpose}
        error={at('purpose')}
        required
        size={60}
        data-testid="copy-purpose"
      />
      {kind === 'redacted' && !marks.length ? (
        <>
          <Check
            label={w.redact.unmarked}
            checked={unmarked !== null}
            onValue={on => setUnmarked(on ? '' : null)}
            data-testid="copy-unmarked"
          />
          {unmarked === null ? null : (
            <TextField
              label={w.redact.unmarkedWhy}
              hint={w.redact.unmarkedHint}
              value={unmarked}
              onValue={setUnmarked}
              error={at('unmarked')}
              required
              size={60}
              data-testid="copy-unmarked-why"
            />
          )}
        </>
      ) : null}
      {problem ? <Banner tone="bad" title={problem} /> : null}
      {done ? <Banner tone="good" title={done} data-testid="copy-done" /> : null}
      <div className="row">
        <Button busy={busy} why={closed} onClick={() => send(true)} data-testid="copy-preview">
          {w.preview}
        </Button>
        <Button kind="solid" type="submit" busy={busy} why={closed} data-testid="copy-make">
          {w.make}
        </Button>
      </div>
      {kind === 'redacted' ? (
        texts ? (
          <RedactPart data={texts} grounds={desk.grounds} marks={marks} onMarks={setMarks} />
        ) : (
          <PageState error={error} reload={reload} />
        )
      ) : null}
      {kind === 'anonymous' ? (
        texts ? (
          <DoubtPart
            doubts={anonymous.doubts}
            hidden={hidden}
            onHidden={setHidden}
            looked={looked}
            onLooked={setLooked}
          />
        ) : (
          <PageState error={error} reload={reload} />
        )
      ) : null}
    </form>
  )
}

/** What cannot be chosen stays in the list, and says so. */
function option(c: Choice) {
  const label = c.why ? `${c.label}（${words.copies.noChoice}）` : c.label
  return { value: c.id, label, disabled: Boolean(c.why) }
}
