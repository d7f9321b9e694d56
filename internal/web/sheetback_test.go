package web

import (
	"bytes"
	"encoding/csv"
	"strings"

	"kasane/internal/casesheets"
)

// writtenIn is a sheet that went out to be written in, with something written into the first text that is asked of the household.
func (b *browser) writtenIn(path string) string {
	b.h.t.Helper()
	out := b.get(path + "/file?as=csv&fill=1")
	r := csv.NewReader(bytes.NewReader(out.body))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	b.h.ok(err)
	for _, row := range rows {
		if len(row) > 6 && strings.Contains(row[6], "|received_by|") {
			row[4] = wordForm
		}
	}
	var back bytes.Buffer
	w := csv.NewWriter(&back)
	b.h.ok(w.WriteAll(rows))
	return back.String()
}

// sheetBackAsks are the sheets that come back.
func (s *scene) sheetBackAsks() map[string]ask {
	s.t.Helper()
	path, desk := "/api/cases/"+s.caseID+"/sheets/uketsuke", s.as("secretariat")
	file := desk.writtenIn(path)
	var p casesheets.Preview
	desk.make(post, s.bringing("", path+"/back/look", "記入.csv", file, nil)).into(s.t, &p)
	o := casesheets.Order{Plan: p.Plan}
	for _, c := range p.Changes {
		o.Keys = append(o.Keys, c.Key)
	}
	if len(o.Keys) != 1 {
		s.t.Fatalf("the sheet that comes back changes %+v", p)
	}
	var open casesheets.Anonymous
	desk.get(path+"/anonymous").into(s.t, &open)
	return map[string]ask{
		"GET /api/cases/{case}/sheets/{id}/anonymous":  {login: "secretariat", path: path + "/anonymous"},
		"POST /api/cases/{case}/sheets/{id}/anonymous": {login: "city", path: path + "/anonymous", body: casesheets.AnonymousWish{As: "pdf", Sum: open.Sum}},
		"POST /api/cases/{case}/sheets/{id}/back/look": s.bringing("city", path+"/back/look", "記入.csv", file, nil),
		"POST /api/cases/{case}/sheets/{id}/back":      s.bringing("secretariat", path+"/back", "記入.csv", file, o),
	}
}
