import { type PointerEvent, useEffect, useRef } from 'react'
import type { Stroke } from '../../api/consent'
import { Button } from '../../parts/Button'
import { Group } from '../../parts/Group'
import { words } from '../../words'
import { hasRoom, keepsPoint } from './thinStroke'

interface Props {
  strokes: Stroke[]
  onStrokes: (strokes: Stroke[]) => void
  /** For who cannot write: go to another method, 口頭 or 代筆. */
  onOther: (method: 'oral' | 'scribe') => void
  error?: string | undefined
}

/** A field to sign in with finger, pen or mouse. The strokes are kept as data, not as a picture. */
export function SignaturePad({ strokes, onStrokes, onOther, error }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef<Stroke | null>(null)
  const begun = useRef(0)
  const w = words.consent

  useEffect(() => {
    const el = canvas.current
    if (!el) return
    const paint = () => draw(el, strokes)
    paint()
    const watch = new ResizeObserver(paint)
    watch.observe(el)
    return () => watch.disconnect()
  }, [strokes])

  const point = (e: PointerEvent<HTMLCanvasElement>) => {
    const box = e.currentTarget.getBoundingClientRect()
    const clamp = (v: number) => Math.min(1, Math.max(0, Math.round(v * 1e4) / 1e4))
    if (!begun.current) begun.current = e.timeStamp
    return {
      x: clamp((e.clientX - box.left) / box.width),
      y: clamp((e.clientY - box.top) / box.height),
      t: Math.round(e.timeStamp - begun.current),
    }
  }
  const down = (e: PointerEvent<HTMLCanvasElement>) => {
    if (e.button !== 0 || !hasRoom(strokes, null)) return
    e.currentTarget.setPointerCapture(e.pointerId)
    drawing.current = [point(e)]
  }
  const move = (e: PointerEvent<HTMLCanvasElement>) => {
    if (!drawing.current) return
    const next = point(e)
    if (!keepsPoint(drawing.current, next) || !hasRoom(strokes, drawing.current)) return
    drawing.current.push(next)
    draw(e.currentTarget, [...strokes, drawing.current])
  }
  const up = () => {
    if (drawing.current) onStrokes([...strokes, drawing.current])
    drawing.current = null
  }

  return (
    <div className="field">
      <span className="field-label">{w.sign}</span>
      <span className="field-hint">{w.signHint}</span>
      <canvas
        ref={canvas}
        className="sign-pad"
        role="img"
        aria-label={w.signPad}
        data-testid="sign-pad"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      <div className="row">
        <Button small onClick={() => onStrokes(strokes.slice(0, -1))} why={strokes.length ? undefined : w.signEmpty}>
          {w.signUndo}
        </Button>
        <Button small onClick={() => onStrokes([])} why={strokes.length ? undefined : w.signEmpty}>
          {w.signClear}
        </Button>
        <span role="status" data-testid="sign-state">
          {strokes.length ? w.signStrokes(strokes.length) : w.signEmpty}
          {hasRoom(strokes, null) ? '' : w.signFull}
        </span>
      </div>
      <Group label={w.cannotSign} hint={w.cannotSignHint}>
        <Button onClick={() => onOther('oral')} data-testid="cannot-oral">
          {w.cannotSignOral}
        </Button>
        <Button onClick={() => onOther('scribe')} data-testid="cannot-scribe">
          {w.cannotSignScribe}
        </Button>
      </Group>
      {error ? (
        <div className="field-error" role="alert">
          {error}
        </div>
      ) : null}
    </div>
  )
}

function draw(el: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const box = el.getBoundingClientRect()
  const scale = window.devicePixelRatio || 1
  el.width = Math.round(box.width * scale)
  el.height = Math.round(box.height * scale)
  const g = el.getContext('2d')
  if (!g) return
  g.scale(scale, scale)
  g.lineWidth = 2.5
  g.lineCap = g.lineJoin = 'round'
  g.strokeStyle = '#000'
  for (const s of strokes) {
    g.beginPath()
    s.forEach((p, i) => {
      if (i) g.lineTo(p.x * box.width, p.y * box.height)
      else g.moveTo(p.x * box.width, p.y * box.height)
    })
    if (s.length === 1 && s[0]) g.lineTo(s[0].x * box.width + 0.1, s[0].y * box.height)
    g.stroke()
  }
}
