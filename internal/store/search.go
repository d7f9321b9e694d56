package store

import (
	"strings"

	"kasane/internal/text"
)

// Searches look into a folded copy of what people are found by (text.Fold). The stored names themselves are never folded. The copy is an
// accelerator: a match is looked at again in Go (contains), and may be rebuilt at any time.

// contains is the exact test at the end of every search.
func contains(s, folded string) bool { return strings.Contains(text.Fold(s), folded) }

// substring is the condition that a folded column holds a folded needle.
func (d *dialect) substring(p *params, column, folded string) string {
	return d.position + `(` + column + `, ` + p.add(folded) + `) > 0`
}
