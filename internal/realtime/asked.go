package realtime

import "encoding/json"

// What clients may ask for; stock providers do not ask.
//
// A client that asked for "seq" is told up to which row of the log its changes are stored, in a "saved" message after the acknowledgement: one for
// each commit it had a part in, for SyncStatus carries no number. One that asked for "brief" gets the user of a presence only with its first state.

// asked takes a stateless message of a member. Only {"type":"seq"} and {"type":"brief"} mean anything.
func (r *room) asked(m *member, body []byte) {
	if len(body) > 64 {
		return
	}
	var q struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(body, &q) != nil {
		return
	}
	switch {
	case q.Type == "brief":
		m.brief = true
	case q.Type == "seq" && r.docID != "" && !m.sequence:
		m.sequence = true
		r.tellSequence(m)
	}
}

func (r *room) tellSequence(m *member) {
	if f := r.sequenceFor(m); f != nil {
		m.conn.send(f)
	}
}

// sequenceFor tells an asker up to which row its changes are stored; nil for others.
func (r *room) sequenceFor(m *member) []byte {
	if !m.sequence || r.doc == nil {
		return nil
	}
	seq := r.doc.Seq()
	return r.notice(notice{Type: "saved", Seq: &seq}).frame(m.conn.named)
}
