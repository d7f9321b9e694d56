package realtime

import "encoding/json"

// A client that asked for it is told up to which row of the log its changes are stored, in a "saved" message after the acknowledgement: one for
// each commit it had a part in, for SyncStatus carries no number. Stock providers do not ask.

// asked takes a stateless message of a member. Only {"type":"seq"} means anything.
func (r *room) asked(m *member, body []byte) {
	if r.docID == "" || len(body) > 64 || m.sequence {
		return
	}
	var q struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(body, &q) == nil && q.Type == "seq" {
		m.sequence = true
		r.tellSequence(m)
	}
}

func (r *room) tellSequence(m *member) {
	if m.sequence && r.doc != nil {
		seq := r.doc.Seq()
		r.tell(m, r.notice(notice{Type: "saved", Seq: &seq}))
	}
}

// tellSequences tells every asker whose change is in b, once.
func (r *room) tellSequences(b *batch) {
	var told []*member
next:
	for _, p := range b.pending {
		if !p.ack || !p.f.m.sequence {
			continue
		}
		for _, m := range told {
			if m == p.f.m {
				continue next
			}
		}
		told = append(told, p.f.m)
		r.tellSequence(p.f.m)
	}
}
