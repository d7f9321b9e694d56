package metrics

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func scrape(t *testing.T, r *Registry) string {
	t.Helper()
	w := httptest.NewRecorder()
	r.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestFigures(t *testing.T) {
	t.Parallel()
	lag, free, age, n := 1500*time.Millisecond, uint64(7), 90*time.Second, int64(4)
	f := Facts{Sockets: 3, Rooms: 2, BusUp: true, BusLag: &lag, BusLost: 5, DBWaited: 2 * time.Second, Sessions: &n, BackupAge: &age, DiskFree: &free,
		Commits: Times{Count: 6, Seconds: 1.5, Bounds: []time.Duration{time.Millisecond, time.Second}, Buckets: []int64{1, 2, 3}}, Checks: map[string]bool{"database": true, "bus": false}}
	r := New("v1", func(context.Context) Facts { return f })
	r.Answered("cases", 200, 30*time.Millisecond)
	r.Answered("cases", 0, 3*time.Second)
	r.Answered("live", 101, time.Hour)
	got := scrape(t, r)
	for _, want := range []string{`kasane_build_info{version="v1"} 1`, "kasane_sockets 3", "kasane_rooms 2", "kasane_bus_up 1", "kasane_bus_lag_seconds 1.5", "kasane_bus_lost_total 5", "kasane_db_wait_seconds_total 2",
		"kasane_sessions 4", "kasane_backup_age_seconds 90", "kasane_disk_free_bytes 7", `kasane_commit_seconds_bucket{le="0.001"} 1`, `kasane_commit_seconds_bucket{le="1"} 3`, `kasane_commit_seconds_bucket{le="+Inf"} 6`,
		"kasane_commit_seconds_count 6", "kasane_commit_seconds_sum 1.5", `kasane_check_ok{check="bus"} 0`, `kasane_check_ok{check="database"} 1`, `kasane_http_requests_total{class="cases",status="200"} 2`,
		`kasane_http_requests_total{class="live",status="101"} 1`, `kasane_http_request_seconds_bucket{class="cases",le="0.05"} 1`, `kasane_http_request_seconds_count{class="cases"} 2`} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("missing: %s", want)
		}
	}
	if strings.Contains(got, `kasane_http_request_seconds_count{class="live"}`) {
		t.Error("a connection that lasts an hour is a slow answer")
	}
	for _, unknown := range []string{"kasane_audit_waiting ", "kasane_sealing_waiting ", "kasane_sealing_oldest_seconds "} {
		if strings.Contains(got, "\n"+unknown) {
			t.Errorf("%s is told though nobody knows it", unknown)
		}
	}
	f.BackupAge = nil
	if strings.Contains(scrape(t, r), "\nkasane_backup_age_seconds ") {
		t.Error("the age of a backup that is not there")
	}
}

func TestNothingButMetrics(t *testing.T) {
	t.Parallel()
	r := New("v1", func(context.Context) Facts { return Facts{} })
	for _, path := range []string{"/", "/api/session", "/debug/pprof/", "/metrics/x"} {
		w := httptest.NewRecorder()
		r.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	w := httptest.NewRecorder()
	r.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/metrics", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}
