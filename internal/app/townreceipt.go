package app

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kasane/internal/access"
	"kasane/internal/config"
)

// receipt (書き出しの控え) says that a municipality was written out whole: whoever deletes it is held against it. It lies in the data folder, because an export only reads
// the database.
type receipt struct {
	Municipality string    `json:"municipality"` // id
	Name         string    `json:"name"`
	File         string    `json:"file"`
	SHA256       string    `json:"sha256"`
	At           time.Time `json:"at"` // the moment it shows
	Rows         int64     `json:"rows"`
}

func receiptPath(cfg config.Config, tenant string) string {
	return filepath.Join(cfg.DataDir, "exports", tenant+".json")
}

func keepReceipt(cfg config.Config, m access.Municipality, out string, made made) error {
	where, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	raw, err := json.MarshalIndent(receipt{m.ID, m.Name, where, made.sum, made.head.At, made.counts.All()}, "", "  ")
	if err != nil {
		return err
	}
	path := receiptPath(cfg, m.ID)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o600)
}

// readReceipt gives the newest export of a municipality; false when there is none.
func readReceipt(cfg config.Config, tenant string) (r receipt, ok bool, err error) {
	raw, err := os.ReadFile(receiptPath(cfg, tenant))
	if errors.Is(err, fs.ErrNotExist) {
		return r, false, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &r)
	}
	return r, err == nil, err
}

// sumOf is the SHA-256 of a file.
func sumOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), err
}
