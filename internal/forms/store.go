package forms

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/sheets"
)

// Version (様式の版) is one published change.
type Version struct {
	N      int              `json:"n"` // counts the changes of the municipality
	Change sheets.Amendment `json:"change"`
	At     time.Time        `json:"at"`
	By     string           `json:"-"`
	ByName string           `json:"byName"`
}

// Store keeps the changes. Every method is of one municipality.
type Store interface {
	// FormVersions lists all changes in the order they were made.
	FormVersions(ctx context.Context, tenant string) ([]Version, error)
	// FormStamp changes whenever FormVersions does.
	FormStamp(ctx context.Context, tenant string) (string, error)
	// AddFormVersion adds a change whose N is one more than the last one's. Conflict when there is another by now.
	AddFormVersion(ctx context.Context, tenant string, v Version, e access.Entry) error
	// DropFormVersion takes the last change back. NotFound when the municipality has none of that number, Conflict when it is not the last one any more, or applies on the day given.
	DropFormVersion(ctx context.Context, tenant string, n int, today string, e access.Entry) error
}
