package ydoc

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
)

// TestXML: fragments, elements, texts and hooks with attributes, formats and embeds go through a document untouched, also when edits pass by.
func TestXML(t *testing.T) {
	t.Parallel()
	a := ask(t, "xml")
	update, want := a[0], a[1]
	d := apply(t, New(), update)
	checkIntegrity(t, d)
	d.Define("x", KindFragment)
	d.Define("t", KindText)
	state, err := d.Encode(nil)
	if err != nil || !bytes.Equal(state, update) {
		t.Errorf("encoded %x, want %x", state, update)
	}
	if got := ask(t, "readxml", state)[0]; !bytes.Equal(got, want) {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	var whole []any
	if err := json.Unmarshal(want, &whole); err != nil {
		t.Fatal(err)
	}
	// The plain text with its formats, as yjs's toDelta gives it.
	if got := deltaJSON(t, d.Root("t").Delta()); !reflect.DeepEqual(got, whole[2]) {
		t.Errorf("delta\n got %v\nwant %v", got, whole[2])
	}
	p, _ := d.Root("x").Get(0)
	inner, _ := p.(*Type).Get(0)
	child := whole[0].(map[string]any)["children"].([]any)[0].(map[string]any)["children"].([]any)[0].(map[string]any)
	if got := deltaJSON(t, inner.(*Type).Delta()); !reflect.DeepEqual(got, child["text"]) {
		t.Errorf("delta of the XML text\n got %v\nwant %v", got, child["text"])
	}
	if v, _ := inner.(*Type).MapGet("lang"); v != "ja" || p.(*Type).Name() != "Paragraph" || p.(*Type).Kind() != KindElement {
		t.Errorf("lang %v of %s", v, p.(*Type).Name())
	}
	hook, _ := d.Root("x").Get(1)
	if h := hook.(*Type); h.Kind() != KindHook || h.Name() != "widget" || !reflect.DeepEqual(h.MapKeys(), []string{"k"}) {
		t.Errorf("hook %v", hook)
	}
}

// deltaJSON is a delta as yjs writes it in JSON.
func deltaJSON(t *testing.T, segments []Segment) any {
	t.Helper()
	ops := []any{}
	for _, s := range segments {
		op := map[string]any{"insert": s.Insert}
		if s.Attributes != nil {
			op["attributes"] = s.Attributes
		}
		ops = append(ops, op)
	}
	b, err := json.Marshal(ops)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
