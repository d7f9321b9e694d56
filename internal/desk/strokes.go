package desk

import (
	"encoding/json"

	"kasane/internal/papers"
)

// strokes reads a screen signature; what cannot be read draws nothing.
func strokes(raw json.RawMessage) []papers.Stroke {
	var in [][]struct{ X, Y float64 }
	if len(raw) == 0 || json.Unmarshal(raw, &in) != nil {
		return nil
	}
	out := make([]papers.Stroke, 0, len(in))
	for _, s := range in {
		var stroke papers.Stroke
		for _, p := range s {
			stroke = append(stroke, [2]float64{p.X, p.Y})
		}
		out = append(out, stroke)
	}
	return out
}
