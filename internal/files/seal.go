package files

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KeySize of a file key in bytes (AES-256).
const KeySize = 32

// The first byte of a sealed blob says how it is sealed: always AES-256-GCM with a random 96-bit nonce.
const (
	sealUnnamed = 1 // by a key that is not named: all are tried. Kasane sealed so while there was but one key.
	sealNamed   = 2 // four bytes name the key
)

var errNotAKey = errors.New("files: the key must be base64 of 32 bytes (openssl rand -base64 32)")

// ParseKey reads a key as base64 (with or without padding) of 32 bytes.
func ParseKey(s string) ([]byte, error) {
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.TrimSpace(s), "="))
	if err != nil || len(key) != KeySize {
		return nil, errNotAKey
	}
	return key, nil
}

// LoadKeyFile reads a key of the installation, or makes it once with mode 0600.
func LoadKeyFile(dir, name string) ([]byte, error) {
	folder := filepath.Join(dir, "keys")
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("files: key folder: %w", err)
	}
	key, err := ReadKeyFile(dir, name)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	key = make([]byte, KeySize)
	_, _ = rand.Read(key)
	if err := writeOnce(folder, path, base64.StdEncoding.EncodeToString(key)+"\n"); err != nil {
		if errors.Is(err, fs.ErrExist) { // another process was first: its key counts
			return ReadKeyFile(dir, name)
		}
		return nil, fmt.Errorf("files: key: %w", err)
	}
	return key, nil
}

// ReadKeyFile reads a key and makes none: fs.ErrNotExist.
func ReadKeyFile(dir, name string) ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "keys", name))
	if err != nil {
		return nil, fmt.Errorf("files: key: %w", err)
	}
	return ParseKey(string(raw))
}

// Draw makes a key for another purpose from a key. Nothing of it can be told from what is drawn.
func Draw(key []byte, purpose string) []byte { return draw(key, "kasane "+purpose) }

// writeOnce puts a whole file under a name that does not exist yet: a crash leaves no half key, and of two writers one wins.
func writeOnce(folder, path, content string) error {
	return putFile(folder, content, func(tmp string) error {
		err := os.Link(tmp, path)
		_ = os.Remove(tmp)
		return err
	})
}

// replaceFile puts a whole file in the place of another.
func replaceFile(folder, path, content string) error {
	return putFile(folder, content, func(tmp string) error { return os.Rename(tmp, path) })
}

// putFile writes a file of mode 0600 to the disk and has it put into its place.
func putFile(folder, content string, place func(tmp string) error) error {
	tmp, err := os.CreateTemp(folder, "key-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = tmp.WriteString(content)
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = place(tmp.Name())
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

// bind is what a blob belongs to; a blob opens only in its own place.
func bind(f File) []byte {
	return []byte(strings.Join([]string{"kasane/files/1", f.Tenant, f.CaseID, f.ID, f.SHA256}, "\x00"))
}

// seal encrypts a file with the newest key.
func (r Ring) seal(f File, plain []byte) []byte { return r.sealTo(bind(f), plain) }

func (r Ring) sealTo(bound, plain []byte) []byte {
	k := r.keys[0]
	out := make([]byte, 0, 1+len(k.id)+len(plain)+k.aead.Overhead())
	out = append(append(out, sealNamed), k.id[:]...)
	return k.aead.Seal(out, nil, plain, bound)
}

// open decrypts what seal made, now or with an older key.
func (r Ring) open(f File, sealed []byte) ([]byte, error) { return r.openFrom(bind(f), sealed) }

func (r Ring) openFrom(bound, sealed []byte) ([]byte, error) {
	id, named := SealedBy(sealed)
	switch {
	case named:
		k, ok := r.find(id)
		if !ok {
			return nil, fmt.Errorf("files: sealed with key %s, which is not among the keys", id)
		}
		return k.aead.Open(nil, nil, sealed[1+len(id):], bound)
	case len(sealed) > 0 && sealed[0] == sealUnnamed:
		for _, k := range r.keys {
			if plain, err := k.aead.Open(nil, nil, sealed[1:], bound); err == nil {
				return plain, nil
			}
		}
		return nil, errors.New("files: opens with none of the keys")
	}
	return nil, errors.New("files: sealed in an unknown way")
}

// SealSecret seals a small secret that is no file; it opens in its own place only.
func (r Ring) SealSecret(place string, plain []byte) []byte {
	return r.sealTo(secretBind(place), plain)
}

// OpenSecret opens what SealSecret made, now or with an older key.
func (r Ring) OpenSecret(place string, sealed []byte) ([]byte, error) {
	return r.openFrom(secretBind(place), sealed)
}

func secretBind(place string) []byte { return []byte("kasane/secret/1\x00" + place) }

// SealedBy tells which key sealed a blob, of which the first five bytes are enough; false when it does not say.
func SealedBy(sealed []byte) (id KeyID, named bool) {
	if len(sealed) < 1+len(id) || sealed[0] != sealNamed {
		return id, false
	}
	return KeyID(sealed[1 : 1+len(id)]), true
}
