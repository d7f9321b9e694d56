package realtime_test

import (
	"testing"

	"kasane/internal/realtime"
	"kasane/internal/realtime/bustest"
)

func TestLocalBus(t *testing.T) {
	t.Parallel()
	bustest.Bus(t, func(*testing.T) (a, b realtime.Bus) {
		bus := realtime.NewLocalBus()
		return bus, bus
	})
}
