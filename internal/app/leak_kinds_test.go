package app

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
)

// planted are the kinds of words a town has written anywhere, each with one of its words.
func (w *town) planted() map[string]*secret {
	w.words.mu.Lock()
	defer w.words.mu.Unlock()
	out := map[string]*secret{}
	for _, word := range slices.Sorted(maps.Keys(w.words.known)) {
		s := w.words.known[word]
		kind, _, _ := strings.Cut(s.what, " of person ") // "name of person 2"
		if s.tenant == w.readers[0].tenant && s.file != "" && out[kind] == nil {
			out[kind] = s
		}
	}
	return out
}

// fields are kinds of words that a town must have written: whoever adds a field that takes a person's words plants it, and adds it here.
var fields = []string{"name", "reading", "alias", "relation", "event of the chronicle", "name of a relative", "wish", "situation", "need", "goal", "action", "who of a cell", "content of a cell",
	"limits of a cell", "name of a file", "content of a file", "words of a consent", "note on the purpose", "how it was explained", "who explained", "interpreter", "language of an interpreter",
	"family that came along", "wish of a 参加支援", "free days of a 参加支援", "district of a 参加支援", "words of a 体験", "words of a 受け入れ側への支援", "主訴", "reason of a triage", "name at the counter",
	"reading at the counter", "name of who asked", "relation of who asked", "district at the counter", "contact at the counter", "reason of a つなぎ", "words of a フォローアップ", "reason of a 再受付",
	"words of a 起案", "words of a 決裁", "reason of 本人に非開示", "words of a スクリーニング", "つなぎ先 of a スクリーニング", "words of a move", "title of the agenda", "point of the agenda"}

// TestEveryWordIsLookedFor: a word of each kind that is planted is put where everybody reads – into the name of an agency –, and has to be found with somebody who must not have it.
// A kind that nobody would miss makes the test fail, and so does a field of the list above in which nothing was planted.
func TestEveryWordIsLookedFor(t *testing.T) {
	t.Parallel()
	w := newTown(t, leakNumber(t, "KASANE_SEED", 3))
	w.begin()
	for range 3 {
		for _, g := range w.halls {
			w.advance(g)
		}
	}
	if w.leak != "" {
		t.Fatal(w.leak + "\n" + w.story())
	}
	kinds := w.planted()
	for _, what := range fields {
		if kinds[what] == nil {
			t.Errorf("nothing was planted as %q", what)
		}
	}
	path := "/api/agencies"
	var made struct{ ID string }
	for _, what := range slices.Sorted(maps.Keys(kinds)) {
		s := kinds[what]
		w.signIn(w.as("admin"))
		method, pattern, at := http.MethodPost, path, path
		if made.ID != "" { // the same one is called otherwise
			method, pattern, at = http.MethodPut, path+"/{id}", path+"/"+made.ID
		}
		if a := w.post(w.as("admin").in(""), method, pattern, at, map[string]any{"name": "機関" + s.word, "short": "機関", "category": "other"}); a.status >= 300 {
			t.Fatalf("%d %s", a.status, a.body)
		} else {
			a.into(&made)
		}
		if !w.foundWith(s) {
			t.Errorf("%s stands in a list that everybody reads, and that was not found", s)
		}
	}
	t.Logf("%d kinds of words", len(kinds))
}

// foundWith lets staff of other agencies, an adviser and the auditor read the list of agencies until the word is found with somebody; then it is forgotten.
func (w *town) foundWith(s *secret) bool {
	w.judge()
	w.leak = ""
	for _, p := range w.readers {
		if p.tenant != s.tenant || p.role != access.RoleAgency && p.role != access.RoleObserver && p.role != access.RoleAuditor {
			continue
		}
		w.signIn(p)
		w.get(p.in(""), "/api/agencies", "/api/agencies")
		w.judge()
		if found := strings.Contains(w.leak, fmt.Sprintf("%q", s.word)); found {
			w.leak = ""
			return true
		}
		w.leak = ""
	}
	return false
}
