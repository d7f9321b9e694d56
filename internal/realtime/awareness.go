package realtime

import (
	"encoding/json"
	"hash/fnv"

	"kasane/internal/access"
)

// maxState bounds the presence of one client, in bytes of JSON.
const maxState = 2048

// awarenessEntry is the presence of one client; state nil means it left. brief is the state without its user, for those who know whose it is; nil: they
// do not yet.
type awarenessEntry struct {
	client uint64
	clock  uint64
	state  []byte
	brief  []byte
}

// decodeAwareness reads an awareness update.
func decodeAwareness(b []byte) ([]awarenessEntry, error) {
	r := reader{b: b}
	n := r.uint()
	if r.bad || n > uint64(len(r.b)/3) {
		return nil, errFrame
	}
	entries := make([]awarenessEntry, 0, n)
	for range n {
		e := awarenessEntry{client: r.uint(), clock: r.uint()}
		if s := r.str(); s != "null" {
			e.state = []byte(s)
		}
		if r.bad {
			return nil, errFrame
		}
		entries = append(entries, e)
	}
	return entries, nil
}

func encodeAwareness(entries []awarenessEntry) []byte {
	b := putUint(nil, uint64(len(entries)))
	for _, e := range entries {
		b = putUint(putUint(b, e.client), e.clock)
		if e.state == nil {
			b = putStr(b, "null")
		} else {
			b = putBytes(b, e.state)
		}
	}
	return b
}

// presenceUser is who a presence belongs to, as the server knows it; what the client says of itself is overwritten.
type presenceUser struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Post     string `json:"post"`
	AgencyID string `json:"agencyId"`
	Agency   string `json:"agency"`
	Color    string `json:"color"`
}

// colors are dark enough for white letters (contrast of at least 4.5).
var colors = [...]string{"#0B5CAD", "#8A2A1B", "#1B6E3C", "#6A3A9C", "#8A5A00", "#006B78", "#A3195B", "#4B5320", "#3949AB", "#5D4037", "#00695C", "#AD1457"}

func colorOf(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return colors[h.Sum32()%uint32(len(colors))]
}

func userOf(a access.Actor) []byte {
	b, err := json.Marshal(presenceUser{ID: a.UserID, Name: a.Name, Post: a.Post, AgencyID: a.AgencyID, Agency: a.AgencyName, Color: colorOf(a.UserID)})
	if err != nil {
		return []byte("{}")
	}
	return b
}

// briefState takes out of a client's state what it says of its user. ok is false for what is no object or too large.
func briefState(state []byte) (out []byte, ok bool) {
	if len(state) > maxState {
		return nil, false
	}
	_, out, ok = splitState(state)
	return out, ok
}

// splitState takes a state and its user apart.
func splitState(state []byte) (user, brief []byte, ok bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(state, &fields) != nil || fields == nil {
		return nil, nil, false
	}
	if user = fields["user"]; user == nil {
		user = []byte("null")
	}
	delete(fields, "user")
	brief, err := json.Marshal(fields)
	return user, brief, err == nil
}

// fullState puts a user into a state without one.
func fullState(brief, user []byte) []byte {
	out := append(make([]byte, 0, len(brief)+len(user)+10), brief[:len(brief)-1]...)
	if len(out) > 1 {
		out = append(out, ',')
	}
	return append(append(append(out, `"user":`...), user...), '}')
}

// idOf is the id of a user that another node has named.
func idOf(user []byte) string {
	var u presenceUser
	if json.Unmarshal(user, &u) != nil {
		return ""
	}
	return u.ID
}
