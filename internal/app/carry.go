package app

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"kasane/internal/backup"
	"kasane/internal/config"
	"kasane/internal/fault"
	"kasane/internal/files"
)

// keysEnv is the file in which the keys stand as settings: a server on PostgreSQL takes them from its environment.
const keysEnv = "keys.env"

// carriedFiles are what a backup takes along beside the database: without the keys no evidence file opens again, without the last checkpoints a loss is not noticed,
// and without the authority records are sealed unsigned.
func carriedFiles(cfg config.Config) (out []backup.File, err error) {
	add := func(from, name string) error {
		raw, err := os.ReadFile(from)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		info, err := os.Stat(from)
		if err == nil {
			out = append(out, backup.File{Name: name, Mode: uint32(info.Mode().Perm()), Data: raw})
		}
		return err
	}
	for _, name := range []string{"keys/files.key", "keys/audit.key", movedRoots, headsFile} {
		if err := add(filepath.Join(cfg.DataDir, filepath.FromSlash(name)), name); err != nil {
			return nil, err
		}
	}
	list, err := os.ReadDir(caDir(cfg))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, d := range list {
		if ext := filepath.Ext(d.Name()); d.Type().IsRegular() && (ext == ".crt" || ext == ".key") {
			if err := add(filepath.Join(caDir(cfg), d.Name()), "keys/ca/"+d.Name()); err != nil {
				return nil, err
			}
		}
	}
	env, err := settingsOfKeys(cfg)
	if err == nil {
		out = append(out, backup.File{Name: keysEnv, Mode: 0o600, Data: env})
	}
	return out, err
}

// settingsOfKeys are the keys in use as environment settings.
func settingsOfKeys(cfg config.Config) ([]byte, error) {
	ring := cfg.FileKey
	if ring == "" {
		raw, err := os.ReadFile(filepath.Join(cfg.DataDir, "keys", "files.key"))
		if err != nil {
			return nil, fault.Wrap(fault.NotFound, err, "証憑の鍵がありません。--data のフォルダーか KASANE_FILE_KEY を確かめてください。鍵のない控えは役に立ちません。")
		}
		ring = strings.Join(strings.Fields(string(raw)), ",")
	}
	seed, err := auditSeed(cfg, files.ReadKeyFile)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "監査ログの鍵がありません。--data のフォルダーか KASANE_AUDIT_KEY を確かめてください。")
	}
	return fmt.Appendf(nil, "KASANE_FILE_KEY=%s\nKASANE_AUDIT_KEY=%s\n", ring, base64.StdEncoding.EncodeToString(seed)), nil
}

// filesBack keeps the files of a backup until the database is whole, and then puts them into the data folder.
type filesBack struct {
	backup.Sink
	cfg     config.Config
	kept    []backup.File
	written []string          // places of those that are written
	env     map[string]string // the keys as settings
	seen    map[string]bool   // names of the backup
}

// File implements backup.Sink. A key that differs from one that lies there is refused before anything is done.
func (b *filesBack) File(f backup.File) error {
	if !fs.ValidPath(f.Name) || f.Name != headsFile && f.Name != keysEnv && path.Dir(f.Name) != "keys" && path.Dir(f.Name) != "keys/ca" {
		return fault.Newf(fault.Invalid, "控えに、知らないファイル(%.60q)が入っています。", f.Name)
	}
	if f.Name == keysEnv {
		b.env = map[string]string{}
		for line := range strings.Lines(string(f.Data)) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			b.env[name] = value
		}
		if err := errors.Join(b.sameKeys(), b.keyFiles()); err != nil {
			return err
		}
	}
	if b.seen == nil {
		b.seen = map[string]bool{}
	}
	b.seen[f.Name] = true
	have, err := os.ReadFile(b.place(f))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		b.kept = append(b.kept, f)
		return nil
	case err != nil:
		return err
	case bytes.Equal(have, f.Data), f.Name == headsFile: // the checkpoints that lie there are newer: what was lost since is found by them
		return nil
	}
	return fault.Newf(fault.Conflict, "%s には、控えと違う鍵がもうあります。空のフォルダーに戻してください。", b.place(f))
}

// keyFiles makes files of keys that were settings where the backup was taken, for an installation that has its keys in its folder. The settings come last in a backup.
func (b *filesBack) keyFiles() error {
	if b.cfg.DatabaseURL != "" || b.cfg.FileKey != "" {
		return nil
	}
	for name, setting := range map[string]string{"keys/files.key": "KASANE_FILE_KEY", "keys/audit.key": "KASANE_AUDIT_KEY"} {
		if b.seen[name] {
			continue
		}
		if err := b.File(backup.File{Name: name, Mode: 0o600, Data: []byte(strings.ReplaceAll(b.env[setting], ",", "\n") + "\n")}); err != nil {
			return err
		}
	}
	return nil
}

// sameKeys wants the keys of the backup among those that are set: with others no evidence file would open, and nobody would notice before one is needed.
func (b *filesBack) sameKeys() error {
	if b.cfg.FileKey == "" {
		return nil
	}
	set, err := files.ParseRing(b.cfg.FileKey)
	if err != nil {
		return err
	}
	ours, err := files.ParseRing(b.env["KASANE_FILE_KEY"])
	if err != nil {
		return err
	}
	for _, id := range ours.IDs() {
		if !slices.Contains(set.IDs(), id) {
			return fault.New(fault.Conflict, "設定の KASANE_FILE_KEY が、控えを取ったときの鍵と違います。設定から外して戻すと、控えの鍵が keys.env に書き出されます。")
		}
	}
	return nil
}

func (b *filesBack) place(f backup.File) string {
	if rest, ok := strings.CutPrefix(f.Name, "keys/ca/"); ok {
		return filepath.Join(caDir(b.cfg), rest)
	}
	return filepath.Join(b.cfg.DataDir, filepath.FromSlash(f.Name))
}

// errFiles says that the files of a backup have no place.
func errFiles(err error) error {
	return fault.Wrap(fault.Unavailable, err, "鍵などのファイルを書けません。フォルダーの権限と空きを確かめて、もう一度実行してください。")
}

// write puts the files in their places and tells what the operator has to do about them. It is done before the database counts as brought back: without its keys that would be of no use.
func (b *filesBack) write() (notes []string, err error) {
	for _, f := range b.kept {
		if f.Name == keysEnv && b.cfg.DatabaseURL == "" {
			continue // they lie in files of their own
		}
		if f.Name == keysEnv && b.cfg.FileKey != "" {
			continue
		}
		place := b.place(f)
		if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
			return notes, errFiles(err)
		}
		if err := os.WriteFile(place, f.Data, fs.FileMode(f.Mode)&0o755); err != nil {
			return notes, errFiles(err)
		}
		b.written = append(b.written, place)
		if f.Name == keysEnv {
			notes = append(notes, "鍵を "+place+" に書きました。KASANE_FILE_KEY と KASANE_AUDIT_KEY をすべてのノードの設定に移し、このファイルは消してください。")
		}
	}
	return notes, nil
}

// undo takes the files away again when the database does not come.
func (b *filesBack) undo() error {
	var errs []error
	for _, place := range b.written {
		errs = append(errs, os.Remove(place))
	}
	return errors.Join(errs...)
}
