//go:build linux

package faults_test

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// TestTracesReachACollector: the way of a keystroke and the requests are there, and nothing of anybody is.
func TestTracesReachACollector(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var got strings.Builder
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		got.Write(b)
	}))
	defer collector.Close()
	n := newNode(t, t.TempDir(), "KASANE_TRACES_URL="+collector.URL+"/v1/traces")
	crowd := newCrowd(t, rand.New(rand.NewPCG(1, 1)), 2, n.url, n.url)
	crowd.progress("both type")
	said := func() string { mu.Lock(); defer mu.Unlock(); return got.String() }
	until(t, "the collector has it", func() bool {
		for _, name := range []string{"keystroke", "frame in", "decode", "queue", "commit", "fan-out", "publish", "http session", "http cases"} {
			if !strings.Contains(said(), `"name":"`+name+`"`) {
				return false
			}
		}
		return true
	}, said)
	id, _, _ := strings.Cut(crowd.doc, ".")
	for _, word := range []string{id, "〔", "jimukyoku", "佐藤", "127.0.0.1"} {
		if strings.Contains(said(), word) {
			t.Errorf("%q stands in what was sent", word)
		}
	}
}
