package audit

import (
	"bytes"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	w := NewWords(bytes.Repeat([]byte{7}, 32))
	mark := w.Mark("m1", "渡邉\U000E0100 正")
	if len(mark) != 64 || strings.Contains(mark, "渡") {
		t.Fatal(mark)
	}
	if w.Mark("m1", "渡辺正") != mark {
		t.Error("what finds the same has another mark")
	}
	for what, other := range map[string]string{"another word": w.Mark("m1", "渡辺生"), "another municipality": w.Mark("m2", "渡辺正"),
		"another key": NewWords(bytes.Repeat([]byte{8}, 32)).Mark("m1", "渡辺正"), "shifted": w.Mark("m1渡", "辺正")} {
		if other == mark || other == "" {
			t.Errorf("%s: %s", what, other)
		}
	}
	var none *Words
	if w.Mark("m1", " \u3000") != "" || none.Mark("m1", "渡辺") != "" || len(none.Parts("m1", "渡辺")) != 0 {
		t.Error("nothing has a mark")
	}
	parts := w.Parts("m1", "渡邉 正")
	for _, part := range []string{"渡辺正", "渡辺", "辺正", "渡", "辺", "正"} {
		if parts[w.Mark("m1", part)] != part {
			t.Errorf("%q is not among the parts", part)
		}
	}
	if len(parts) != 6 {
		t.Errorf("%d parts", len(parts))
	}
	if n := len(w.Parts("m1", strings.Repeat("一二三四五六七八九十", 100))); n > LongestWord*(LongestWord+1)/2 {
		t.Errorf("%d parts of a long word", n)
	}
}
