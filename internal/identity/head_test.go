package identity

import (
	"strings"
	"testing"
	"time"
)

// TestHeadOfALongText: the beginning of a text of any length is found at once, and keeps whole characters.
func TestHeadOfALongText(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"": "", "社協": "社協", "渡邉\U000E0100正子": "渡邉\U000E0100正", "か\u3099き\u3099く": "か\u3099き\u3099く"} {
		if got := head(s, 3); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	begun := time.Now()
	if got := head(strings.Repeat("あ", 300_000), 40); got != strings.Repeat("あ", 40) {
		t.Errorf("%q", got)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v: a megabyte sent by one person would hold a whole core", took)
	}
}
