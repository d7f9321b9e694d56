import type { ConsentRecord, KeptText } from '../../api/consent'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'

interface Props {
  record: Pick<ConsentRecord, 'formHash' | 'formVersion'>
  texts: readonly KeptText[]
}

/** The very text that was shown when this record was made, word by word. */
export function TextVersion({ record, texts }: Props) {
  const w = words.consent
  const kept = texts.find(t => t.hash === record.formHash)
  if (!kept) return null
  return (
    <details className="disclosure" data-testid={`text-of-${record.formHash?.slice(0, 8)}`}>
      <summary>{w.textShown(kept.no, kept.text.version)}</summary>
      {kept.altered ? <Banner tone="bad" title={w.textAltered} /> : null}
      <div className="form-text">
        {[kept.text.title, ...kept.text.paragraphs, kept.text.withdraw].join('\n')}
        {`\n\n${w.textHash}　${kept.hash}`}
      </div>
    </details>
  )
}
