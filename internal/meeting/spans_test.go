package meeting_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kasane/internal/meeting"
)

// TestSpansAreAList: somebody who confirmed 守秘義務 before coming, or is noted as absent, has an empty list of stays. Screens count them.
func TestSpansAreAList(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]meeting.Event{
		"confirmed, not there yet": {Seq: 1, Kind: meeting.KindSecrecy, Data: []byte(`{"key":"a"}`)},
		"absent":                   {Seq: 1, Kind: meeting.KindAttendance, Data: []byte(`{"key":"a","name":"森","absent":true}`)},
		"written down, no times":   {Seq: 1, Kind: meeting.KindAttendance, Data: []byte(`{"key":"a","name":"森"}`)},
	} {
		st, err := meeting.Fold(meeting.Meeting{ID: "m", Tenant: "t"}, []meeting.Event{e})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(st.People)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), `"spans":[]`) {
			t.Errorf("%s: %s", name, raw)
		}
	}
}
