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

	"kasane/internal/fault"
)

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
			r.kept = b
			switch {
			case kind == valueText:
				to[i] = string(b)
			case len(b) < 1<<16:
				to[i] = bytes.Clone(b)
			default: // a large file is not copied once more
				to[i], r.kept = b, nil
			}
			if cap(r.kept) > 1<<20 {
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

// roomAtOnce is what is made room for because a length says so, once a megabyte of it has come: as much as the largest file takes, so that it need not grow from copy to copy.
const roomAtOnce = 24 << 20

// bytes reads a length and that many bytes into the room of b. Beyond that, memory grows with what really comes, not with the length that is said.
func (r *reader) bytes(b []byte) ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	if n > 1<<31 {
		return nil, fmt.Errorf("backup: a value of %d bytes", n)
	}
	buf := bytes.NewBuffer(b[:0])
	for _, most := range []uint64{1 << 20, roomAtOnce, n} {
		part := min(most, n) - uint64(buf.Len())
		if most < n || n <= roomAtOnce {
			buf.Grow(int(part) + bytes.MinRead)
		}
		if _, err := io.CopyN(buf, r, int64(part)); err != nil {
			return nil, fmt.Errorf("%d of %d bytes: %w", buf.Len(), n, err)
		}
	}
	return buf.Bytes(), nil
}
