package cases

import "kasane/internal/consent"

// CopyReader tells for whom a copy (写し) is made: whether a class of information about a person ("" the household) stands in it, and whether it may say that
// something is left out. nil reads everything.
type CopyReader func(personID string, item consent.Item) (show, tell bool)

// Reads answers for a class; nil shows it.
func (r CopyReader) Reads(personID string, item consent.Item) (show, tell bool) {
	if r == nil {
		return true, false
	}
	return r(personID, item)
}
