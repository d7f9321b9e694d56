package audit

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"kasane/internal/text"
)

// Words marks words that were searched for (検索語). A mark stands in the log in the place of the word: without the key of the installation nothing can be
// told from it, and with the word and the key it is found again. Words that find the same things have the same mark, and the same word has another
// mark in every municipality.
type Words struct {
	key []byte
	own func(tenant string) []byte // nil: none has a key of its own
}

// NewWords takes a key of the installation that serves nothing else.
func NewWords(key []byte) *Words { return &Words{key: append([]byte(nil), key...)} }

// ByTown has words marked with the key of the municipality, which of gives; nil from it: the key of the installation serves. What was marked with that is still found.
func (w *Words) ByTown(of func(tenant string) []byte) *Words { return &Words{w.key, of} }

// keyOf is what a municipality's words are marked with.
func (w *Words) keyOf(tenant string) []byte {
	if w.own != nil {
		if key := w.own(tenant); key != nil {
			return key
		}
	}
	return w.key
}

// Mark is the mark of a word; "" of an empty word, and of every word where there is no key.
func (w *Words) Mark(tenant, word string) string {
	if w == nil {
		return ""
	}
	return mark(w.keyOf(tenant), tenant, text.Fold(word))
}

func mark(key []byte, tenant, folded string) string {
	if folded == "" {
		return ""
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte("kasane-word-1"))
	var n []byte
	for _, f := range []string{tenant, folded} {
		n = binary.AppendUvarint(n[:0], uint64(len(f)))
		m.Write(n)
		m.Write([]byte(f))
	}
	return hex.EncodeToString(m.Sum(nil))
}

// LongestWord is the most letters of a word whose parts are looked for.
const LongestWord = 40

// Parts are the marks of every part of a word, with the part: whoever searched for a piece of a name was shown whoever has the name.
func (w *Words) Parts(tenant, word string) map[string]string {
	out := map[string]string{}
	if w == nil {
		return out
	}
	keys := [][]byte{w.key} // of searches from before municipalities had keys
	if own := w.keyOf(tenant); !bytes.Equal(own, w.key) {
		keys = append(keys, own)
	}
	letters := []rune(text.Fold(word))
	letters = letters[:min(len(letters), LongestWord)]
	for i := range letters {
		for j := i + 1; j <= len(letters); j++ {
			part := string(letters[i:j])
			for _, key := range keys {
				out[mark(key, tenant, part)] = part
			}
		}
	}
	return out
}
