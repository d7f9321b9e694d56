import { useState } from 'react'
import { Link } from 'wouter'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { GaijiPicture } from '../gaiji/GaijiPicture'
import { textOfPoints } from '../gaiji/gaijiLetter'
import { useGaiji } from '../gaiji/useGaiji'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** Records that wait to be sealed because characters cannot be printed: what, where, and the way out. */
export function ProblemsCard({ room, act }: RoomProps) {
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const { submit, busy, error } = useSubmit()
  const seal = findAct(room, 'seal')
  const gaiji = useGaiji(room.problems.length > 0)
  const w = words.meeting
  if (!room.problems.length) return null
  const papers = [...new Set(room.problems.map(p => p.paper))]
  const waivers = papers.filter(p => reasons[p]?.trim()).map(paper => ({ paper, reason: reasons[paper] }))
  return (
    <section className="card stack-s" aria-labelledby="problems-title" data-testid="problems">
      <h2 id="problems-title">{w.problems}</h2>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <ul className="list">
        {room.problems.map(p => (
          <li key={p.paper + p.where + p.chars.join()}>
            {p.message} <span className="soft">{p.chars.join(' ')}</span>
            {gaiji.list
              .filter(g => p.chars.some(c => textOfPoints(c) === g.text))
              .map(g => (
                <div key={g.id} data-testid="problem-gaiji">
                  <GaijiPicture gaiji={g} large /> {words.gaiji.registered}
                </div>
              ))}
          </li>
        ))}
      </ul>
      {gaiji.mayKeep && room.problems.some(p => p.name) ? (
        <p>
          <Link href="/admin/gaiji">{words.gaiji.register}</Link>
        </p>
      ) : null}
      {seal ? (
        <>
          {papers
            .filter(p => room.problems.some(x => x.paper === p && !x.name))
            .map(p => (
              <TextField
                key={p}
                label={w.waiver(words.archive.kinds.find(k => k.value === p)?.label ?? p)}
                value={reasons[p] ?? ''}
                onValue={v => setReasons(s => ({ ...s, [p]: v }))}
              />
            ))}
          <div>
            <Button
              busy={busy}
              why={seal.allowed ? undefined : seal.why}
              onClick={() => void submit(() => act('seal', { waivers }))}
              data-testid="act-seal"
            >
              {seal.label}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  )
}
