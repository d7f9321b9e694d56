import { useEffect, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import type { Handout } from '../../api/handouts'
import { askFile } from '../../api/takeFile'
import { Watermark } from '../../app/Watermark'
import { Banner } from '../../parts/Banner'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'

interface Props {
  path: string
  handout: Handout
  copies: boolean
  /** Still among the papers this reader may see. */
  live: boolean
  onClose: () => void
}

/** A paper on the screen: its bytes are asked for once and stay in the page; they go when the dialog closes or the right ends. */
export function HandoutViewer({ path, handout, copies, live, onClose }: Props) {
  const [url, setUrl] = useState('')
  const [failed, setFailed] = useState('')
  const w = words.handouts
  useEffect(() => {
    if (!live) return
    let made = ''
    let left = false
    askFile(path, {}).then(
      file => {
        if (left) return
        made = URL.createObjectURL(file)
        setUrl(made)
      },
      (e: unknown) => setFailed(e instanceof ApiError ? e.message : words.errors.unknown),
    )
    return () => {
      left = true
      setUrl('')
      if (made) URL.revokeObjectURL(made)
    }
  }, [path, live])
  return (
    <Dialog title={w.shown(handout.name)} onClose={onClose} wide data-testid="handout-viewer">
      {failed || !live ? (
        <Banner tone="bad" title={live ? failed : w.gone} data-testid="handout-gone" />
      ) : !url ? (
        <p role="status">{words.form.processing}</p>
      ) : handout.type === 'application/pdf' ? (
        <iframe className="handout-page" title={handout.name} src={copies ? url : `${url}#toolbar=0`} />
      ) : (
        <img
          className="handout-picture"
          src={url}
          alt={handout.name}
          draggable={false}
          onContextMenu={copies ? undefined : e => e.preventDefault()}
        />
      )}
      <Watermark />
    </Dialog>
  )
}
