package backup

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"

	"kasane/internal/fault"
)

// Format is the name of this form.
const Format = "kasane-backup-1"

// TownFormat is the same form with one municipality in it: it is no backup of an installation, and a Kasane that does not know it refuses it.
const TownFormat = "kasane-municipality-1"

// Town is the municipality of a stream that holds one.
type Town struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Code string `json:"code"`
	Key  string `json:"key"` // public key by which its log was signed
}

// Head is what a backup says of itself.
type Head struct {
	Format  string    `json:"format"`
	At      time.Time `json:"at"`             // of the moment it shows
	Version string    `json:"version"`        // of the Kasane that made it
	Engine  string    `json:"engine"`         // of the database it was taken from
	Steps   []int     `json:"steps"`          // of the schema
	Town    *Town     `json:"town,omitempty"` // nil: a whole installation
}

// Table is the name of a table and of its columns, in the order of the values of a row.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
}

// File is a file of the data folder, by its name in it.
type File struct {
	Name string `json:"name"` // with slashes
	Mode uint32 `json:"mode"`
	Data []byte `json:"-"`
}

// Counts is how much a backup holds.
type Counts struct {
	Rows  map[string]int64 `json:"rows"` // by table
	Files int              `json:"files"`
}

// All is the number of rows.
func (c Counts) All() (n int64) {
	for _, k := range c.Rows {
		n += k
	}
	return n
}

// Sink takes what a backup holds: the head, then files, then table after table with its rows. A row is valid during the call only; its values are nil, int64,
// string or []byte.
type Sink interface {
	Begin(Head) error
	File(File) error
	Table(Table) error
	Row([]any) error
}

type end struct {
	Counts
	SHA256 string `json:"sha256"`
}

// The kinds of a record.
const (
	kindHead  = 'H'
	kindFile  = 'F'
	kindTable = 'T'
	kindRow   = 'R'
	kindEnd   = 'E'
)

// The kinds of a value.
const (
	valueNull byte = iota
	valueInt
	valueText
	valueBytes
)

// Writer writes the stream. It is a Sink. Close ends it; without, the stream is not whole.
type Writer struct {
	zip   *gzip.Writer
	out   *bufio.Writer
	sum   hash.Hash
	row   []byte // under construction
	table string
	wide  int
	count Counts
}

// NewWriter starts a stream.
func NewWriter(w io.Writer) *Writer {
	z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // the level is right; most of the bulk is compressed already
	x := &Writer{zip: z, sum: sha256.New(), count: Counts{Rows: map[string]int64{}}}
	x.out = bufio.NewWriterSize(io.MultiWriter(z, x.sum), 1<<16)
	return x
}

// Begin implements Sink.
func (w *Writer) Begin(h Head) error { return w.json(kindHead, h) }

// File implements Sink.
func (w *Writer) File(f File) error {
	w.count.Files++
	if err := w.json(kindFile, f); err != nil {
		return err
	}
	return w.bytes(f.Data)
}

// Table implements Sink.
func (w *Writer) Table(t Table) error {
	w.table, w.wide = t.Name, len(t.Columns)
	w.count.Rows[t.Name] += 0
	return w.json(kindTable, t)
}

// Row implements Sink.
func (w *Writer) Row(values []any) error {
	if len(values) != w.wide {
		return fmt.Errorf("backup: a row of %s has %d values, not %d", w.table, len(values), w.wide)
	}
	b := append(w.row[:0], kindRow)
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			b = append(b, valueNull)
		case int64:
			b = binary.AppendVarint(append(b, valueInt), v)
		case string:
			b = append(binary.AppendUvarint(append(b, valueText), uint64(len(v))), v...)
		case []byte:
			b = binary.AppendUvarint(append(b, valueBytes), uint64(len(v)))
			if len(v) < 1<<16 {
				b = append(b, v...)
				continue
			}
			if err := w.both(b, v); err != nil { // a large file is not copied once more
				return err
			}
			b = b[:0]
		default:
			return fmt.Errorf("backup: %s holds a %T", w.table, v)
		}
	}
	if w.row = b; cap(b) > 1<<20 {
		w.row = nil // one long text must not be kept for ever
	}
	w.count.Rows[w.table]++
	_, err := w.out.Write(b)
	return err
}

func (w *Writer) both(a, b []byte) error {
	if _, err := w.out.Write(a); err != nil {
		return err
	}
	_, err := w.out.Write(b)
	return err
}

// Close writes the end. What is below is flushed and not closed.
func (w *Writer) Close() error {
	if err := w.out.Flush(); err != nil {
		return err
	}
	if err := w.json(kindEnd, end{w.count, hex.EncodeToString(w.sum.Sum(nil))}); err != nil {
		return err
	}
	if err := w.out.Flush(); err != nil {
		return err
	}
	return w.zip.Close()
}

// Counts is what was written so far.
func (w *Writer) Counts() Counts { return w.count }

func (w *Writer) json(kind byte, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := w.out.WriteByte(kind); err != nil {
		return err
	}
	return w.bytes(b)
}

func (w *Writer) bytes(b []byte) error {
	return w.both(binary.AppendUvarint(nil, uint64(len(b))), b)
}

// errBroken says that a stream is not what a Writer wrote.
func errBroken(err error) error {
	return fault.Wrap(fault.Invalid, err, "控えのファイルが途中で切れているか、壊れています。別の控えを使ってください。")
}
