package audit

import (
	"encoding/binary"
	"strconv"

	"kasane/internal/access"
)

// Leaf is the encoding of an entry that is hashed: a version word, then every field with its length before it, so that no
// two different entries have one encoding. Times count in microseconds.
func Leaf(e access.Entry) []byte {
	b := []byte("kasane-audit-1")
	for _, f := range []string{e.Tenant, e.ID, strconv.FormatInt(e.At.UnixMicro(), 10), e.ActorID, e.AgencyID, e.SessionID, e.IP,
		string(e.Verb), e.CaseID, e.MeetingID, e.Target, e.Result, e.Reason, e.Hash} {
		b = binary.AppendUvarint(b, uint64(len(f)))
		b = append(b, f...)
	}
	return b
}
