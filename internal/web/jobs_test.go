package web

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/jobs"
)

// thinSeal keeps nothing secret: what is sealed with is tested where it is made.
type thinSeal struct{}

func (thinSeal) Seal(_ context.Context, _, place string, plain []byte) ([]byte, error) {
	return []byte(place + "\n" + base64.StdEncoding.EncodeToString(plain)), nil
}

func (thinSeal) Open(_ context.Context, _, place string, sealed []byte) ([]byte, error) {
	return base64.StdEncoding.DecodeString(strings.TrimPrefix(string(sealed), place+"\n"))
}

// works is work in the background that says whose it is; a package has words in it.
func (h *house) works() *jobs.Service {
	works := map[jobs.Kind]jobs.Work{
		jobs.KindVerify: {Do: func(ctx context.Context, r *jobs.Run) (string, error) {
			r.Progress(2, 2)
			return "2件を確かめました。", r.Put(ctx, []byte(`{"ok":true}`))
		}, Give: func(ctx context.Context, _ access.Actor, m *jobs.Made) (jobs.Result, error) {
			b, err := m.Part(ctx, 0)
			return jobs.Result{Name: "点検.json", Type: "application/json", Write: func(_ context.Context, begin func() io.Writer) error {
				_, err := begin().Write(b)
				return err
			}}, err
		}},
	}
	return jobs.New(h.store, thinSeal{}, h.ids, works, jobs.Options{Node: "test", Keep: 24 * time.Hour, Log: h.deps.Log, Now: h.clock.Now})
}

// jobs is work of the records desk: one that is over, one that waits.
func (s *scene) jobs() {
	s.t.Helper()
	for _, id := range []*string{&s.job, &s.jobWaits} {
		var v jobs.View
		s.as("records").post("/api/jobs/verify", struct{}{}).into(s.t, &v)
		*id = v.ID
		if id == &s.job {
			worked, err := s.deps.Jobs.Step(context.Background())
			if err != nil || !worked {
				s.t.Fatal(worked, err)
			}
		}
	}
}

// Who began work sees it, stops it and takes what it made; who may do the same work sees it and stops it; nobody else learns of it.
func TestWhoSeesWork(t *testing.T) {
	t.Parallel()
	h := settled(t)
	ctx := context.Background()
	begin := func(login, what string, body any) (v jobs.View) {
		h.as(login).post("/api/jobs/"+what, body).into(t, &v)
		return v
	}
	listed := func(login string) (ids string) {
		var out struct{ Jobs []jobs.View }
		h.as(login).get("/api/jobs").into(t, &out)
		for _, j := range out.Jobs {
			ids += j.ID + " "
		}
		return ids
	}
	verify, pack := begin("auditor", "verify", struct{}{}), begin("records", "package", map[string]int{"year": 2026})
	for login, want := range map[string]string{"auditor": verify.ID + " ", "records": pack.ID + " " + verify.ID + " ", "city": pack.ID + " " + verify.ID + " ", "secretariat": verify.ID + " "} {
		if got := listed(login); got != want {
			t.Errorf("%s sees %q, want %q", login, got, want)
		}
	}
	wantKind(t, "the list, of an agency", h.as("agency").get("/api/jobs"), fault.Forbidden)
	wantKind(t, "a package, of who may make none", h.as("auditor").get("/api/jobs/"+pack.ID), fault.NotFound)
	wantKind(t, "stopping it", h.as("auditor").post("/api/jobs/"+pack.ID+"/stop", struct{}{}), fault.NotFound)
	wantKind(t, "begun without the right", h.as("auditor").post("/api/jobs/package", map[string]int{"year": 2026}), fault.Forbidden)
	wantKind(t, "a year that is none", h.as("records").post("/api/jobs/package", map[string]int{"year": 0}), fault.Invalid)
	var stopped jobs.View
	h.as("city").post("/api/jobs/"+pack.ID+"/stop", struct{}{}).into(t, &stopped)
	if stopped.State != jobs.StateStopped || stopped.MayStop || stopped.MayFetch {
		t.Errorf("%+v", stopped)
	}
	wantKind(t, "stopped twice", h.as("city").post("/api/jobs/"+pack.ID+"/stop", struct{}{}), fault.Conflict)
	wantKind(t, "fetched before its end", h.as("auditor").get("/api/jobs/"+verify.ID+"/result"), fault.NotFound)
	if worked, err := h.deps.Jobs.Step(ctx); !worked || err != nil {
		t.Fatal(worked, err)
	}
	wantKind(t, "fetched by another who may do the same", h.as("city").get("/api/jobs/"+verify.ID+"/result"), fault.NotFound)
	a := h.as("auditor").get("/api/jobs/" + verify.ID + "/result")
	if wantStatus(t, "fetched", a, http.StatusOK); string(a.body) != `{"ok":true}` {
		t.Errorf("%s", a.body)
	}
	var v jobs.View
	h.as("auditor").get("/api/jobs/"+verify.ID).into(t, &v)
	if v.State != jobs.StateDone || v.Done != 2 || v.Total != 2 || v.Said == "" || !v.MayFetch || v.MayStop {
		t.Errorf("%+v", v)
	}
}

// A list is looked at before it waits; the row of the work and what lies beside it hold no word of it that can be read, and nothing of it is left when it is stopped.
func TestImportWaitsWithoutNames(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk := h.as("secretariat")
	wantKind(t, "not looked at", desk.bring("/api/jobs/import", listTwo, imports.Order{ID: "importinparts00000001"}), fault.Conflict)
	var v, again jobs.View
	order := desk.order(listTwo, "importinparts00000002", imports.How{})
	desk.bring("/api/jobs/import", listTwo, order).into(t, &v)
	desk.bring("/api/jobs/import", listTwo, order).into(t, &again)
	if v.ID != order.ID || again.ID != v.ID || !v.MayStop {
		t.Errorf("%+v %+v", v, again)
	}
	wantKind(t, "the same id by another", h.as("city").bring("/api/jobs/import", listTwo, order), fault.Conflict)
	var row string
	h.ok(h.raw.QueryRow(`SELECT asked || said || trouble || kind FROM job WHERE id = $1`, v.ID).Scan(&row))
	if strings.Contains(row, "小川") || strings.Contains(row, "名簿.csv") {
		t.Errorf("the row says %s", row)
	}
	parts := func() (n int) {
		h.ok(h.raw.QueryRow(`SELECT COUNT(*) FROM job_part`).Scan(&n))
		return n
	}
	if parts() != 2 {
		t.Errorf("%d parts were given", parts())
	}
	wantStatus(t, "stop", desk.post("/api/jobs/"+v.ID+"/stop", struct{}{}), http.StatusOK)
	if parts() != 0 {
		t.Errorf("%d parts are left", parts())
	}
}
