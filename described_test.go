package kasane_test

import (
	"testing"

	"kasane/openapi/describe"
)

// TestDescribed: the description of the interface and the client's types are what the code says now, and every route says what it reads and answers.
func TestDescribed(t *testing.T) {
	t.Parallel()
	stale, err := describe.Stale(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stale {
		t.Error(s)
	}
}
