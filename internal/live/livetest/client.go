package livetest

import (
	"fmt"
	"strings"

	"kasane/internal/ydoc"
)

// Client is a browser's replica, for tests: it edits like one and gives each edit as an update.
type Client struct {
	ID  uint64
	Doc *ydoc.Doc
}

// NewClient makes an empty replica.
func NewClient(id uint64) *Client {
	c := &Client{ID: id, Doc: ydoc.New()}
	c.Doc.Define("v", ydoc.KindMap)
	return c
}

// Set writes a scalar.
func (c *Client) Set(key string, v any) []byte {
	return c.Edit(func(b *ydoc.Builder, d *ydoc.Doc) { b.MapSet(d.Define("v", ydoc.KindMap), key, v) })
}

// Type appends to a text.
func (c *Client) Type(key, s string) []byte {
	return c.Edit(func(b *ydoc.Builder, d *ydoc.Doc) {
		t := d.Define("t:"+key, ydoc.KindText)
		b.TextInsert(t, t.Len(), s)
	})
}

// Erase removes a whole text.
func (c *Client) Erase(key string) []byte {
	return c.Edit(func(b *ydoc.Builder, d *ydoc.Doc) {
		t := d.Define("t:"+key, ydoc.KindText)
		b.TextDelete(t, 0, t.Len())
	})
}

// Edit makes any change.
func (c *Client) Edit(f func(*ydoc.Builder, *ydoc.Doc)) []byte {
	b := ydoc.NewBuilder(c.Doc, c.ID)
	f(b, c.Doc)
	u := b.Update()
	if u == nil {
		panic(fmt.Sprint("livetest: edit failed: ", b.Err()))
	}
	return u
}

// Apply takes an update in.
func (c *Client) Apply(update []byte) error {
	_, err := c.Doc.Apply(update)
	return err
}

// Text reads a text.
func (c *Client) Text(key string) string { return c.Doc.Define("t:"+key, ydoc.KindText).Text() }

// State is all it has, as canonical JSON.
func (c *Client) State() string { return strings.TrimSpace(string(c.Doc.CanonicalJSON())) }
