package app

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"kasane/internal/config"
	"kasane/internal/seal"
)

// caDir is where the certificate authority lies.
func caDir(cfg config.Config) string {
	if cfg.CADir != "" {
		return cfg.CADir
	}
	return filepath.Join(cfg.DataDir, "keys", "ca")
}

// openSealer is who signs the records of a server. A demo makes its own authority, where it has a folder of its own.
func openSealer(cfg config.Config, log *slog.Logger, now func() time.Time, demoMode bool) (*seal.Sealer, error) {
	dir := caDir(cfg)
	if demoMode && (cfg.DatabaseURL == "" || cfg.CADir != "") {
		if _, err := seal.Open(dir); errors.Is(err, seal.ErrNone) {
			if _, err := seal.Create(dir, demoAuthority, now()); err != nil {
				return nil, err
			}
		}
	}
	if a, err := seal.Open(dir); err == nil {
		for _, k := range a.Loose() {
			log.Warn("a signing key can be read by others than its owner: chmod 600", "file", k)
		}
	}
	trust, err := tsaRoots(cfg)
	if err != nil {
		return nil, err
	}
	var tsa *seal.TSA
	if cfg.TSAURL != "" {
		tsa = seal.NewTSA(cfg.TSAURL, trust.TSARoots, now)
	}
	return seal.NewSealer(dir, tsa, now, log), nil
}

const demoAuthority = "見本の市町村"

// tsaRoots reads the roots of the time-stamp authority, where they are given.
func tsaRoots(cfg config.Config) (t seal.Trust, err error) {
	if cfg.TSARoots == "" {
		return t, nil
	}
	raw, err := os.ReadFile(cfg.TSARoots)
	if err == nil {
		t.TSARoots, err = seal.Certificates(raw)
	}
	if err != nil {
		return t, fmt.Errorf("KASANE_TSA_CA: %w", err)
	}
	return t, nil
}

// signatures is what a verification believes of signatures: the roots of this installation and those in the files that were given.
func signatures(cfg config.Config, g given) (seal.Trust, error) {
	t, err := tsaRoots(cfg)
	if err != nil {
		return t, err
	}
	for to, paths := range map[*[]*x509.Certificate][]string{&t.Roots: g.roots, &t.TSARoots: g.tsaRoots} {
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				return t, err
			}
			list, err := seal.Certificates(raw)
			if err != nil {
				return t, err
			}
			*to = append(*to, list...)
		}
	}
	switch raw, err := os.ReadFile(filepath.Join(cfg.DataDir, filepath.FromSlash(movedRoots))); {
	case err == nil:
		list, err := seal.Certificates(raw)
		if err != nil {
			return t, err
		}
		t.Roots = append(t.Roots, list...)
	case !errors.Is(err, fs.ErrNotExist):
		return t, err
	}
	switch a, err := seal.Open(caDir(cfg)); {
	case err == nil:
		t.Roots = append(t.Roots, a.Roots()...)
	case !errors.Is(err, seal.ErrNone):
		return t, err
	}
	return t, nil
}
