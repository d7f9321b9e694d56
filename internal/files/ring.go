package files

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Ring is the keys of an installation's evidence files, newest first: the first seals, all of them open. A key is changed by putting a new one in front,
// sealing again what the old ones sealed (Reseal), and taking the old ones away.
type Ring struct{ keys []ringKey }

type ringKey struct {
	id   KeyID
	key  []byte
	aead cipher.AEAD
}

// KeyID tells keys apart; nothing of the key can be told from it.
type KeyID [4]byte

func idOf(key []byte) (id KeyID) {
	copy(id[:], draw(key, "kasane key id"))
	return id
}

// String is the id as operators see it.
func (id KeyID) String() string { return hex.EncodeToString(id[:]) }

// NewRing makes a ring of keys of KeySize bytes each, newest first.
func NewRing(keys ...[]byte) (Ring, error) {
	var r Ring
	for _, key := range keys {
		if len(key) != KeySize {
			return Ring{}, fmt.Errorf("files: key has %d bytes, want %d", len(key), KeySize)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return Ring{}, err
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return Ring{}, err
		}
		k := ringKey{key: bytes.Clone(key), aead: aead}
		k.id = idOf(key)
		for _, have := range r.keys {
			if have.id == k.id {
				return Ring{}, fmt.Errorf("files: key %s stands twice", k.id)
			}
		}
		r.keys = append(r.keys, k)
	}
	if len(r.keys) == 0 {
		return Ring{}, errors.New("files: no key")
	}
	return r, nil
}

// ParseRing reads keys in base64, newest first, with commas or white space between them.
func ParseRing(s string) (Ring, error) {
	var keys [][]byte
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\r' || r == '\n' }) {
		key, err := ParseKey(word)
		if err != nil {
			return Ring{}, err
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return Ring{}, errNotAKey
	}
	return NewRing(keys...)
}

// IDs are the keys' ids, newest first.
func (r Ring) IDs() []KeyID {
	out := make([]KeyID, len(r.keys))
	for i, k := range r.keys {
		out[i] = k.id
	}
	return out
}

// Oldest is the key that has been there longest: what is drawn from it stays the same until it is taken away.
func (r Ring) Oldest() []byte { return bytes.Clone(r.keys[len(r.keys)-1].key) }

func (r Ring) find(id KeyID) (ringKey, bool) {
	for _, k := range r.keys {
		if k.id == id {
			return k, true
		}
	}
	return ringKey{}, false
}

// ringFile holds the keys of an installation that is not given any: one a line, newest first.
const ringFile = "files.key"

// LoadRing reads dir/keys/files.key, or makes it with one key and mode 0600. Losing this file loses every evidence file.
func LoadRing(dir string) (Ring, error) {
	r, err := ReadRing(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return r, err
	}
	if _, err := LoadKeyFile(dir, ringFile); err != nil {
		return Ring{}, err
	}
	return ReadRing(dir)
}

// ReadRing reads dir/keys/files.key and makes none: fs.ErrNotExist.
func ReadRing(dir string) (Ring, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "keys", ringFile))
	if err != nil {
		return Ring{}, fmt.Errorf("files: key: %w", err)
	}
	return ParseRing(string(raw))
}

// AddKey puts a new key in front of those of dir/keys/files.key. The file is replaced whole: a crash leaves the old one or the new one.
func AddKey(dir string) (Ring, error) {
	r, err := ReadRing(dir)
	if err != nil {
		return Ring{}, err
	}
	key := make([]byte, KeySize)
	_, _ = rand.Read(key)
	keys := [][]byte{key}
	for _, k := range r.keys {
		keys = append(keys, k.key)
	}
	return writeRing(dir, keys)
}

// KeepNewest takes all keys but the newest out of dir/keys/files.key.
func KeepNewest(dir string) (Ring, error) {
	r, err := ReadRing(dir)
	if err != nil {
		return Ring{}, err
	}
	return writeRing(dir, [][]byte{r.keys[0].key})
}

func writeRing(dir string, keys [][]byte) (Ring, error) {
	r, err := NewRing(keys...)
	if err != nil {
		return Ring{}, err
	}
	var text strings.Builder
	for _, k := range keys {
		text.WriteString(base64.StdEncoding.EncodeToString(k) + "\n")
	}
	folder := filepath.Join(dir, "keys")
	if err := replaceFile(folder, filepath.Join(folder, ringFile), text.String()); err != nil {
		return Ring{}, fmt.Errorf("files: key: %w", err)
	}
	return r, nil
}
