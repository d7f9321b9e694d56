package gaiji

import (
	"context"

	"kasane/internal/access"
)

// Store keeps the letters. Every method is of one municipality.
type Store interface {
	// Gaiji lists all letters, retired ones too, in the order they were registered.
	Gaiji(ctx context.Context, tenant string) ([]Letter, error)
	// GaijiStamp changes with every change of any letter; it is "" when there is none.
	GaijiStamp(ctx context.Context, tenant string) (string, error)
	// SaveGaiji registers a letter (N is 1) or changes one whose N was one less. Conflict when it has changed meanwhile or the text is another letter's.
	SaveGaiji(ctx context.Context, tenant string, l Letter, e access.Entry) error
}
