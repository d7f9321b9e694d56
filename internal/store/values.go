package store

import (
	"database/sql"
	"encoding/json"
	"strconv"
	"time"
)

// micros is how a time is stored; the zero time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// at reads a stored time.
func at(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// microsPtr stores an optional time as NULL.
func microsPtr(t *time.Time) any {
	if t == nil {
		return nil
	}
	return t.UnixMicro()
}

// atPtr reads an optional time.
func atPtr(us nullInt) *time.Time {
	if !us.Valid {
		return nil
	}
	t := at(us.Int64)
	return &t
}

// nullInt is an optional number.
type nullInt = sql.NullInt64

// flag stores a truth value.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// toJSON stores a list or a map as text; the database never looks inside.
func toJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // only for types that cannot be encoded, which is a bug found by the first test
		return "null"
	}
	return string(b)
}

// fromJSON reads what toJSON stored; an empty list stays nil.
func fromJSON(s string, into any) error {
	if s == "" || s == "[]" {
		return nil
	}
	return json.Unmarshal([]byte(s), into)
}

// params collects the values of a statement whose text is put together.
type params struct{ v []any }

// add appends a value and gives its placeholder.
func (p *params) add(v any) string {
	p.v = append(p.v, v)
	return "$" + strconv.Itoa(len(p.v))
}

// rawJSON stores JSON somebody else made; nothing is {}.
func rawJSON(b json.RawMessage) string {
	if len(b) == 0 {
		return "{}"
	}
	return string(b)
}

// listJSON is toJSON for lists: none is [].
func listJSON[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	return toJSON(list)
}

// distinct leaves out repetitions; the order is that of first appearance.
func distinct(list []string) (out []string) {
	seen := map[string]bool{}
	for _, x := range list {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}
