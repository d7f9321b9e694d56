import { showInstant } from '../dates/showInstant'
import { Button } from '../parts/Button'
import { CopyButton } from '../parts/CopyButton'
import { words } from '../words'
import { keptText } from './keptText'
import { textFile } from './textFile'

interface Props {
  texts: Record<string, string>
  /** When the first of it was written (ms). */
  since: number
}

/** Own words that were not sent: to be copied, or kept as a file whose name says nothing of anybody. */
export function KeptTextTools({ texts, since }: Props) {
  const text = keptText(texts)
  if (!text) return null
  const save = () => {
    const url = URL.createObjectURL(textFile(`${words.drafts.fileHead(showInstant(since))}\n\n${text}`))
    const link = document.createElement('a')
    link.href = url
    link.download = words.drafts.fileName(stampOf(since))
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
  return (
    <>
      <CopyButton text={text} label={words.ack.keepCopy} />
      <Button small onClick={save} data-testid="kept-download">
        {words.drafts.download}
      </Button>
    </>
  )
}

/** 20261126-1030, in the time of this PC. */
function stampOf(ms: number): string {
  const d = new Date(ms)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${d.getFullYear()}${two(d.getMonth() + 1)}${two(d.getDate())}-${two(d.getHours())}${two(d.getMinutes())}`
}
