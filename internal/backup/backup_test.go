package backup_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"kasane/internal/backup"
	"kasane/internal/fault"
)

// kept is a sink that remembers.
type kept struct {
	head   backup.Head
	files  []backup.File
	tables []backup.Table
	rows   [][]any
	fail   error
}

func (k *kept) Begin(h backup.Head) error  { k.head = h; return nil }
func (k *kept) File(f backup.File) error   { k.files = append(k.files, f); return nil }
func (k *kept) Table(t backup.Table) error { k.tables = append(k.tables, t); return nil }
func (k *kept) Row(row []any) error {
	k.rows = append(k.rows, append([]any(nil), row...))
	return k.fail
}

func head() backup.Head {
	return backup.Head{Format: backup.Format, At: time.Date(2026, 6, 1, 1, 2, 3, 4000, time.UTC), Version: "v", Engine: "sqlite", Steps: []int{1, 2}}
}

// fill gives a sink one of everything.
func fill(t testing.TB, to backup.Sink) {
	t.Helper()
	big := bytes.Repeat([]byte{0, 1, 2, 255}, 20_000)
	for _, err := range []error{
		to.Begin(head()),
		to.File(backup.File{Name: "keys/files.key", Mode: 0o600, Data: []byte("secret\n")}),
		to.Table(backup.Table{Name: "a", Columns: []string{"x", "y", "z"}}),
		to.Row([]any{int64(-1), "𠮷野\x01髙", []byte{}}),
		to.Row([]any{nil, "", big}),
		to.Row([]any{int64(1) << 62, "E", nil}),
		to.Table(backup.Table{Name: "empty", Columns: []string{"x"}}),
		to.Table(backup.Table{Name: "b", Columns: []string{"x"}}),
		to.Row([]any{"R"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func stream(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := backup.NewWriter(&b)
	fill(t, w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThereAndBack(t *testing.T) {
	t.Parallel()
	var want, got kept
	fill(t, &want)
	h, counts, err := backup.Read(bytes.NewReader(stream(t)), &got)
	if err != nil || !reflect.DeepEqual(want, got) || !reflect.DeepEqual(h, head()) {
		t.Fatalf("%v %+v", err, h)
	}
	if counts.All() != 4 || counts.Files != 1 || counts.Rows["a"] != 3 || counts.Rows["b"] != 1 || len(counts.Rows) != 3 {
		t.Errorf("%+v", counts)
	}
}

// plain is the stream without its gzip.
func plain(t testing.TB) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(stream(t)))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func zipped(raw []byte) io.Reader {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(raw)
	_ = z.Close()
	return &b
}

// Whatever was cut off, changed, left out or put on: it is refused, as a fault that says so.
func TestABrokenStreamIsRefused(t *testing.T) {
	t.Parallel()
	raw := plain(t)
	refused := func(name string, in io.Reader) {
		t.Helper()
		if _, _, err := backup.Read(in, &kept{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, cut := range []int{0, 1, 2, 10, 100, 200, 1000, len(raw) / 2, len(raw) - 200, len(raw) - 100, len(raw) - 2, len(raw) - 1} {
		refused(fmt.Sprintf("cut at %d", cut), zipped(raw[:cut]))
	}
	for at := 1; at < len(raw); at += 1 + len(raw)/97 {
		bad := bytes.Clone(raw)
		bad[at] ^= 1
		refused(fmt.Sprintf("byte %d", at), zipped(bad))
	}
	refused("bytes behind", zipped(append(bytes.Clone(raw), 'R')))
	refused("not zipped", bytes.NewReader(raw))
	refused("nothing", strings.NewReader(""))
	file := stream(t)
	refused("cut zip", bytes.NewReader(file[:len(file)-9]))
	refused("another form", zipped(bytes.Replace(raw, []byte(backup.Format), []byte("kasane-backup-9"), 1)))
	row := bytes.LastIndexByte(raw[:bytes.LastIndexByte(raw, 'E')], 'R')
	refused("a row left out", zipped(append(bytes.Clone(raw[:row]), raw[row+4:]...)))
}

// A length that promises what does not come costs no memory.
func TestAFalseLength(t *testing.T) { // not parallel: it looks at what the whole process allocates
	for _, n := range []uint64{1 << 31, 1<<31 + 1, 1 << 62} {
		in := zipped(binary.AppendUvarint([]byte{'H'}, n))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := backup.Read(in, &kept{})
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; !fault.Is(err, fault.Invalid) || got > 4<<20 {
			t.Errorf("a length of %d: %d bytes, %v", n, got, err)
		}
	}
}

func TestErrorsOfTheSinkEndIt(t *testing.T) {
	t.Parallel()
	full := errors.New("full")
	if _, _, err := backup.Read(bytes.NewReader(stream(t)), &kept{fail: full}); !errors.Is(err, full) {
		t.Error(err)
	}
}

func TestLockedForTheKeyOnly(t *testing.T) {
	t.Parallel()
	file, public, err := backup.NewKey(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	locks, err := backup.ParsePublic(public)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := backup.Lock(&b, locks)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("ひみつ")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes(), []byte("ひみつ")) {
		t.Error("it lies there in clear")
	}
	keys, err := backup.ParseKey(file)
	if err != nil {
		t.Fatal(err)
	}
	in, err := backup.Unlock(bytes.NewReader(b.Bytes()), keys)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(in); err != nil || string(got) != "ひみつ" {
		t.Errorf("%q %v", got, err)
	}
	other, _, err := backup.NewKey(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	strangers, err := backup.ParseKey(other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Unlock(bytes.NewReader(b.Bytes()), strangers); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another key: %v", err)
	}
	if _, err := backup.Unlock(strings.NewReader("PK"), keys); !fault.Is(err, fault.Invalid) {
		t.Errorf("something else: %v", err)
	}
	cut := b.Bytes()[:b.Len()-4]
	if in, err = backup.Unlock(bytes.NewReader(cut), keys); err == nil {
		_, err = io.ReadAll(in)
	}
	if err == nil {
		t.Error("cut off: not noticed")
	}
	for _, bad := range []string{"", " , ", "age1x", string(file)} {
		if _, err := backup.ParsePublic(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := backup.ParseKey([]byte(public)); !fault.Is(err, fault.Invalid) {
		t.Errorf("the public key for the private one: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(plain(f)[:400])
	f.Add([]byte("H\x02{}T\x02{}R"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if _, _, err := backup.Read(zipped(raw), &kept{}); err == nil && !bytes.HasPrefix(raw, []byte("H")) {
			t.Error("read something that is none")
		}
	})
}
