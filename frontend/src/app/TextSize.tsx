import { words } from '../words'
import { useTextSize } from './useTextSize'

/** 標準・大・特大. */
export function TextSize() {
  const [size, setSize] = useTextSize()
  return (
    <fieldset className="text-size" aria-label={words.app.textSize}>
      {Object.entries(words.app.sizes).map(([value, label]) => (
        <button
          key={value}
          type="button"
          aria-pressed={size === value}
          onClick={() => setSize(value)}
          data-testid={`text-${value}`}
        >
          {label}
        </button>
      ))}
    </fieldset>
  )
}
