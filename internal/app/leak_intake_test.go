package app

import (
	"net/http"
	"time"

	"kasane/internal/access"
)

// refer hands a case over to an agency that is not of it, by a つなぎ that says of nobody who it is: what its receiver reads of the case is nothing else.
func (w *town) refer(f *household) {
	for _, to := range f.agencies {
		id := access.NewID(time.Now())
		a := w.change(f.desk.in(""), "hands "+f.id+" over to "+to, http.MethodPost, "/api/cases/{case}/referrals", "/api/cases/"+f.id+"/referrals",
			map[string]any{"id": id, "to": to, "picks": []string{}, "reason": "分担の相談", "wish": ""}, nil)
		if a.status < 300 {
			f.referral = id
			return
		}
	}
}
