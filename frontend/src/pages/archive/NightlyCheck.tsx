import type { NightCheck } from '../../api/archive'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'
import { ProblemList } from './VerifyResult'

/** What the nightly pass over everything sealed found. */
export function NightlyCheck() {
  const { data: answer } = useLoad<{ check: NightCheck | null }>('/archive/check')
  const w = words.archive.nightly
  if (!answer) return null
  const data = answer.check
  if (!data) return <p className="soft">{w.none}</p>
  const at = showInstant(data.at, 'short')
  if (data.ok)
    return (
      <p className="soft" data-testid="nightly-ok">
        {w.ok(at, data.checked)}
      </p>
    )
  return (
    <Banner tone="bad" title={w.bad(at, data.problems.length)} data-testid="nightly-bad">
      <ProblemList problems={data.problems} />
      <p>{w.todo}</p>
    </Banner>
  )
}
