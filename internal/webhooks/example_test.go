package webhooks_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/webhooks"
)

// The receiver of docs/api.md takes what is sent, also while the secret is changed, and nothing that was changed, recorded or signed by somebody else.
func TestExampleOfTheDocs(t *testing.T) {
	t.Parallel()
	api, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(api), "```js\n")
	code, _, ok := strings.Cut(rest, "```")
	if !ok || !strings.Contains(code, "fromKasane") {
		t.Fatal("the example is not there")
	}
	var s *store.Store
	s, _ = storetest.Open(t, "sqlite")
	r := newReceiver(t, false)
	o := newOffice(t, s, r)
	made := o.address(r, "a1", webhooks.KindCase)
	next, err := o.a.NewSecret(o.ctx, o.admin, made.Endpoint.ID, 24)
	o.ok(err)
	o.opens()
	o.posts()
	x := r.since()[0]
	type ask struct {
		Headers map[string]string `json:"headers"`
		Body    string            `json:"body"`
		Secret  string            `json:"secret"`
		Now     int64             `json:"now"`
	}
	var asks []ask
	add := func(change func(*ask)) {
		a := ask{map[string]string{"webhook-id": x.id, "webhook-timestamp": jsonOf(t, x.at.Unix()), "webhook-signature": x.signature}, x.body, made.Secret, x.at.Unix() + 3}
		change(&a)
		asks = append(asks, a)
	}
	add(func(*ask) {})
	add(func(a *ask) { a.Secret = next.Secret })
	add(func(a *ask) { a.Body += " " })
	add(func(a *ask) { a.Headers["webhook-id"] = "another" })
	add(func(a *ask) { a.Now += 400 })
	add(func(a *ask) { a.Secret = "whsec_" + strings.Repeat("A", 44) })
	add(func(a *ask) { a.Headers["webhook-signature"] = "v1,AAAA v1a," + strings.Repeat("A", 44) })
	add(func(a *ask) { delete(a.Headers, "webhook-signature") })
	dir := t.TempDir()
	o.ok(os.WriteFile(filepath.Join(dir, "receiver.mjs"), []byte(code), 0o600))
	o.ok(os.WriteFile(filepath.Join(dir, "try.mjs"), []byte(`import { fromKasane } from './receiver.mjs'
console.log(JSON.stringify(`+jsonOf(t, asks)+`.map((a) => fromKasane(a.headers, a.body, a.secret, a.now))))`), 0o600))
	out, err := exec.Command("node", filepath.Join(dir, "try.mjs")).CombinedOutput()
	if got := strings.TrimSpace(string(out)); err != nil || got != "[true,true,false,false,false,false,false,false]" {
		t.Errorf("%v: %s", err, got)
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
