package backup

import (
	"bufio"
	"bytes"
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
			b = append(binary.AppendUvarint(append(b, valueBytes), uint64(len(v))), v...)
		default:
			return fmt.Errorf("backup: %s holds a %T", w.table, v)
		}
	}
	if w.row = b; cap(b) > 1<<20 {
		w.row = nil // one large file must not be kept for ever
	}
	w.count.Rows[w.table]++
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
	if _, err := w.out.Write(binary.AppendUvarint(nil, uint64(len(b)))); err != nil {
		return err
	}
	_, err := w.out.Write(b)
	return err
}

// errBroken says that a stream is not what a Writer wrote.
func errBroken(err error) error {
	return fault.Wrap(fault.Invalid, err, "控えのファイルが途中で切れているか、壊れています。別の控えを使ってください。")
}

// reader reads the stream.
type reader struct {
	in    *bufio.Reader
	sum   hash.Hash
	count Counts
	kept  []byte // one value
}

// ReadByte and Read keep the sum of what was read.
func (r *reader) ReadByte() (byte, error) {
	b, err := r.in.ReadByte()
	if err == nil {
		r.sum.Write([]byte{b})
	}
	return b, err
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	r.sum.Write(p[:n])
	return n, err
}

// Read reads a stream to its end into a sink and tells what it held. An error of the sink ends it and is returned as it is.
func Read(in io.Reader, to Sink) (Head, Counts, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return Head{}, Counts{}, errBroken(err)
	}
	r := &reader{in: bufio.NewReaderSize(z, 1<<16), sum: sha256.New(), count: Counts{Rows: map[string]int64{}}}
	head, err := r.head()
	if err != nil {
		return head, r.count, err
	}
	if err := to.Begin(head); err != nil {
		return head, r.count, err
	}
	err = r.body(to)
	return head, r.count, err
}

func (r *reader) head() (h Head, err error) {
	kind, err := r.ReadByte()
	if err == nil && kind != kindHead {
		err = fmt.Errorf("backup: begins with %q", kind)
	}
	if err == nil {
		err = r.json(&h)
	}
	if err != nil {
		return h, errBroken(err)
	}
	if (h.Format != Format || h.Town != nil) && (h.Format != TownFormat || h.Town == nil) {
		return h, fault.Newf(fault.Invalid, "この控えの形(%.40q)は、この Kasane では読めません。新しい Kasane で戻してください。", h.Format)
	}
	return h, nil
}

func (r *reader) body(to Sink) error {
	var table Table
	var row []any
	for {
		var sum string
		if next, err := r.in.Peek(1); err == nil && next[0] == kindEnd {
			sum = hex.EncodeToString(r.sum.Sum(nil))
		}
		kind, err := r.ReadByte()
		if err != nil {
			return errBroken(err)
		}
		switch kind {
		case kindRow:
			if err := r.row(row); err != nil {
				return errBroken(fmt.Errorf("%s, row %d: %w", table.Name, r.count.Rows[table.Name]+1, err))
			}
			r.count.Rows[table.Name]++
			if err := to.Row(row); err != nil {
				return err
			}
		case kindTable:
			table = Table{}
			if err := r.json(&table); err != nil {
				return errBroken(err)
			}
			row = make([]any, len(table.Columns))
			r.count.Rows[table.Name] += 0
			if err := to.Table(table); err != nil {
				return err
			}
		case kindFile:
			if err := r.file(to); err != nil {
				return err
			}
		case kindEnd:
			return r.end(sum)
		default:
			return errBroken(fmt.Errorf("backup: a record of kind %q", kind))
		}
	}
}

func (r *reader) file(to Sink) error {
	var f File
	if err := r.json(&f); err != nil {
		return errBroken(err)
	}
	data, err := r.bytes(nil)
	if err != nil {
		return errBroken(err)
	}
	f.Data = data
	r.count.Files++
	return to.File(f)
}

// end holds the counts and the sum against what was read, and wants nothing behind.
func (r *reader) end(sum string) error {
	var e end
	if err := r.json(&e); err != nil {
		return errBroken(err)
	}
	if e.SHA256 != sum || e.Files != r.count.Files || len(e.Rows) != len(r.count.Rows) {
		return errBroken(fmt.Errorf("backup: the sum or the counts differ"))
	}
	for t, n := range e.Rows {
		if r.count.Rows[t] != n {
			return errBroken(fmt.Errorf("backup: %s has %d rows, not %d", t, r.count.Rows[t], n))
		}
	}
	if _, err := r.in.ReadByte(); err != io.EOF {
		return errBroken(fmt.Errorf("backup: bytes behind the end"))
	}
	return nil
}

func (r *reader) row(to []any) error {
	if len(to) == 0 {
		return fmt.Errorf("backup: a row of no table")
	}
	for i := range to {
		kind, err := r.ReadByte()
		if err != nil {
			return err
		}
		switch kind {
		case valueNull:
			to[i] = nil
		case valueInt:
			n, err := binary.ReadVarint(r)
			if err != nil {
				return err
			}
			to[i] = n
		case valueText, valueBytes:
			b, err := r.bytes(r.kept)
			if err != nil {
				return err
			}
			if kind == valueBytes {
				to[i] = bytes.Clone(b)
			} else {
				to[i] = string(b)
			}
			if r.kept = b; cap(b) > 1<<20 {
				r.kept = nil
			}
		default:
			return fmt.Errorf("backup: a value of kind %d", kind)
		}
	}
	return nil
}

func (r *reader) json(to any) error {
	b, err := r.bytes(nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, to)
}

// bytes reads a length and that many bytes into the room of b. Memory grows with what really comes, not with the length that is said.
func (r *reader) bytes(b []byte) ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	if n > 1<<31 {
		return nil, fmt.Errorf("backup: a value of %d bytes", n)
	}
	buf := bytes.NewBuffer(b[:0])
	if got, err := io.CopyN(buf, r, int64(n)); err != nil {
		return nil, fmt.Errorf("%d of %d bytes: %w", got, n, err)
	}
	return buf.Bytes(), nil
}
