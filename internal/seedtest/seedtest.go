// Package seedtest gives the tests at random their seed: the same in every run of CI, another one by KASANE_SEED (`make soak` draws many).
package seedtest

import (
	"os"
	"strconv"
	"testing"
)

// Seed is KASANE_SEED, or 1. It is logged, so that what failed can be run again.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := uint64(1)
	if s := os.Getenv("KASANE_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			t.Fatalf("KASANE_SEED: %v", err)
		}
	}
	t.Logf("KASANE_SEED=%d", seed)
	return seed
}
