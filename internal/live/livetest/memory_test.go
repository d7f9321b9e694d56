package livetest_test

import (
	"testing"
	"time"

	"kasane/internal/live"
	"kasane/internal/live/livetest"
)

func TestMemory(t *testing.T) {
	livetest.Store(t, func(*testing.T) live.Store { return livetest.NewMemory(time.Now) },
		func(_ *testing.T, s live.Store, docs ...live.Meta) {
			for _, m := range docs {
				s.(*livetest.Memory).Seed(m)
			}
		})
}
