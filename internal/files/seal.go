package files

import (
	"crypto/aes"
	"crypto/cipher"
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

// sealVersion is the first byte of every sealed blob: version 1 is AES-256-GCM with a random 96-bit nonce.
const sealVersion = 1

// ParseKey reads a key as base64 (with or without padding) of 32 bytes.
func ParseKey(s string) ([]byte, error) {
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.TrimSpace(s), "="))
	if err != nil || len(key) != KeySize {
		return nil, errors.New("files: the key must be base64 of 32 bytes (openssl rand -base64 32)")
	}
	return key, nil
}

// LoadKey reads dir/keys/files.key, or makes it once with mode 0600. Losing this file loses every evidence file.
func LoadKey(dir string) ([]byte, error) { return LoadKeyFile(dir, "files.key") }

// LoadKeyFile is LoadKey for another key of the installation.
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

// Draw makes a key for another purpose from the file key. Nothing of the file key can be told from it.
func Draw(key []byte, purpose string) []byte { return draw(key, "kasane "+purpose) }

// writeOnce puts a whole file under a name that does not exist yet: a crash leaves no half key, and of two writers one wins.
func writeOnce(folder, path, content string) error {
	tmp, err := os.CreateTemp(folder, "key-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(content)
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return os.Link(tmp.Name(), path)
}

// sealer encrypts and opens blobs.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) (*sealer, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("files: key has %d bytes, want %d", len(key), KeySize)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &sealer{aead: aead}, nil
}

// bind is what a blob belongs to; a blob opens only in its own place.
func bind(f File) []byte {
	return []byte(strings.Join([]string{"kasane/files/1", f.Tenant, f.CaseID, f.ID, f.SHA256}, "\x00"))
}

func (s *sealer) seal(f File, plain []byte) []byte {
	out := make([]byte, 1, 1+len(plain)+s.aead.Overhead())
	out[0] = sealVersion
	return s.aead.Seal(out, nil, plain, bind(f))
}

func (s *sealer) open(f File, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 || sealed[0] != sealVersion {
		return nil, errors.New("files: sealed in an unknown way")
	}
	return s.aead.Open(nil, nil, sealed[1:], bind(f))
}
