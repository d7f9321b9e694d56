package ydoc

import (
	"bytes"
	"maps"
)

// Segment is a piece of a list in reading order: a stretch of text, or one element, with the formats (書式) that hold there.
type Segment struct {
	Kind       ContentKind // ContentString for text; ContentEmbed, ContentType and so on for one element
	Insert     Value       // string for text, else the element
	Attributes map[string]any
}

// Delta is a text with its formats and embeds; neighbouring text of equal formats is one segment. Of an array it gives the elements.
func (t *Type) Delta() []Segment {
	w := deltaWalk{formats: map[string][]byte{}}
	for it := t.start; it != nil; it = it.right {
		if !it.deleted() {
			w.step(it)
		}
	}
	w.flush()
	return w.segments
}

// deltaWalk gathers text while formats come and go.
type deltaWalk struct {
	segments []Segment
	text     []byte
	held     map[string][]byte // the formats of text
	formats  map[string][]byte // the formats of what comes next
}

func (w *deltaWalk) step(it *item) {
	switch it.kind {
	case ContentFormat:
		k, v := it.format()
		if string(v) == "null" {
			delete(w.formats, k)
		} else {
			w.formats[k] = v
		}
	case ContentString:
		if !maps.EqualFunc(w.held, w.formats, bytes.Equal) {
			w.flush()
			w.held = maps.Clone(w.formats)
		}
		w.text = append(w.text, it.bytes()...)
	default:
		w.flush()
		it.each(func(v Value) bool {
			w.segments = append(w.segments, Segment{it.kind, v, attributes(w.formats)})
			return true
		})
	}
}

func (w *deltaWalk) flush() {
	if len(w.text) > 0 {
		w.segments = append(w.segments, Segment{ContentString, string(w.text), attributes(w.held)})
		w.text = w.text[:0]
	}
}

func attributes(formats map[string][]byte) map[string]any {
	if len(formats) == 0 {
		return nil
	}
	o := make(map[string]any, len(formats))
	for k, v := range formats {
		o[k] = jsonValue(v)
	}
	return o
}
