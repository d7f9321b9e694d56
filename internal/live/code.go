package live

import (
	"errors"

	"kasane/internal/fault"
)

// ErrGap: the update depends on changes the document does not have. Nobody is at fault; ask the client for what is missing.
var ErrGap = errors.New("live: update depends on missing changes")

// Code is the stable code of a refusal: the detail "code" of the fault, else the name of its kind.
func Code(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		if c, ok := f.Details["code"].(string); ok {
			return c
		}
	}
	return fault.KindOf(err).String()
}
