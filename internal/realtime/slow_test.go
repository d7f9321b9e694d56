package realtime_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/realtime"
)

type lockedLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}
func (l *lockedLog) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

// A room in which 保存済み comes late is told of by its document, once a minute, without a word of what was typed; the times of commits and acknowledgements are counted.
func TestSlowRoomIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var log lockedLog
	n := w.node(func(c *realtime.Config) {
		c.Log, c.Timing.Slow = slog.New(slog.NewTextHandler(&log, nil)), time.Nanosecond
	})
	a := n.dial("a").open(doc1, "").ready()
	a.typ("wish", "鶯谷の家で暮らしたい")
	a.until("acknowledged", func() bool { return a.acks == 1 })
	a.typ("wish", "二度目の乙姫")
	a.until("acknowledged again", func() bool { return a.acks == 2 })
	got := log.String()
	if strings.Count(got, "slow room") != 1 || strings.Count(got, "slow commit") != 1 || !strings.Contains(got, "doc="+doc1) || !strings.Contains(got, "members=1") {
		t.Errorf("said: %s", got)
	}
	if strings.Contains(got, "鶯谷") || strings.Contains(got, "乙姫") || strings.Contains(got, "氏名") {
		t.Errorf("what was typed, or by whom, is said: %s", got)
	}
	s := n.hub.Stats()
	if s.SlowAcks < 2 || time.Since(s.LastSlow) > time.Minute || s.Acks.Count < 2 || s.Appends.Count < 2 || s.Acks.Seconds < s.Appends.Seconds || len(s.Acks.Buckets) != len(s.Acks.Bounds)+1 {
		t.Errorf("%+v", s)
	}
}
