package audit

import (
	"fmt"
	"strconv"
	"strings"
)

// Rows are the rows of a document's log that one entry of the audit log speaks for, by the hash over them: what was typed is its own audit row.
type Rows struct{ From, To int64 }

// String stands as the reason of the entry.
func (r Rows) String() string { return fmt.Sprintf("%d-%d", r.From, r.To) }

// ParseRows reads String.
func ParseRows(s string) (r Rows, ok bool) {
	a, b, ok := strings.Cut(s, "-")
	var err1, err2 error
	r.From, err1 = strconv.ParseInt(a, 10, 64)
	r.To, err2 = strconv.ParseInt(b, 10, 64)
	return r, ok && err1 == nil && err2 == nil && 0 < r.From && r.From <= r.To
}
