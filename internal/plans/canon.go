package plans

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// appendString writes a JSON string as JavaScript's JSON.stringify does, so that browser and server hash the same bytes.
func appendString(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c >= 0x20:
			b = append(b, c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\b':
			b = append(b, `\b`...)
		case c == '\f':
			b = append(b, `\f`...)
		default:
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	}
	return append(b, '"')
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// CellHash is the hash of a role cell that an answer names: the action's text and everything in the cell.
func CellHash(action string, c Cell) string {
	b := []byte{'{'}
	for i, f := range [...][2]string{{"action", action}, {"code", string(c.Code)}, {"content", c.Content}, {"due", c.Due},
		{"freq", c.Freq}, {"limits", c.Limits}, {"start", c.Start}, {"who", c.Who}} {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, f[0]), ':')
		b = appendString(b, f[1])
	}
	return sum(append(b, '}'))
}

// DocState is one document of a plan in its canonical form.
type DocState struct {
	PersonID string
	Item     string
	State    []byte // canonical JSON
}

// CanonicalPlan is the plan in the one form that is hashed and agreed, and its SHA-256 in lower hex. Its form must not change.
func CanonicalPlan(p Plan, docs []DocState) (json []byte, hash string) {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b DocState) int {
		if c := strings.Compare(a.PersonID, b.PersonID); c != 0 {
			return c
		}
		return strings.Compare(a.Item, b.Item)
	})
	b := appendString([]byte(`{"case":`), p.CaseID)
	b = append(b, `,"docs":[`...)
	for i, d := range docs {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"item":`...), d.Item)
		b = appendString(append(b, `,"person":`...), d.PersonID)
		b = append(append(b, `,"state":`...), d.State...)
		b = append(b, '}')
	}
	b = appendString(append(b, `],"plan":`...), p.ID)
	b = strconv.AppendInt(append(b, `,"round":`...), int64(p.Round), 10)
	b = append(b, '}')
	return b, sum(b)
}
