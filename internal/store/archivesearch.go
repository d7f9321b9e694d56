package store

import (
	"context"
	"math"
	"strings"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/text"
)

// A signature is a Bloom filter over the letters and the pairs of letters of a folded text. What it lets through is looked at in the text itself.
const (
	bitsPerGram = 6
	probes      = 3
)

// grams calls fn with a hash of every letter and pair of letters; of a needle with two letters or more, the pairs are enough.
func grams(folded string, needle bool, fn func(h uint64)) {
	var before rune = -1
	n := 0
	for _, r := range folded {
		if before >= 0 {
			fn(mix(uint64(before)<<32 | uint64(r)))
		}
		if !needle {
			fn(mix(uint64(r) | 1<<63))
		}
		before, n = r, n+1
	}
	if needle && n == 1 {
		fn(mix(uint64(before) | 1<<63))
	}
}

// mix spreads a number over all bits (splitmix64); it is the same on every node and in every version.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// bits are the places of a hash in a signature of so many bytes.
func bits(h uint64, size int) (out [probes]uint32) {
	m, step := uint64(size)*8, h>>33|1
	for i := range out {
		out[i] = uint32((h + uint64(i)*step) % m)
	}
	return out
}

// signature makes the signature of a folded text.
func signature(folded string) []byte {
	distinct := map[uint64]bool{}
	grams(folded, false, func(h uint64) { distinct[h] = true })
	sig := make([]byte, max(64, (len(distinct)*bitsPerGram+7)/8))
	for h := range distinct {
		for _, b := range bits(h, len(sig)) {
			sig[b>>3] |= 1 << (b & 7)
		}
	}
	return sig
}

// covers tells whether a signature lets every part of a folded text through: then nothing in it is hidden from a search.
func covers(sig []byte, folded string) bool {
	if len(sig) == 0 {
		return false
	}
	whole := true
	grams(folded, false, func(h uint64) {
		for _, b := range bits(h, len(sig)) {
			whole = whole && sig[b>>3]&(1<<(b&7)) != 0
		}
	})
	return whole
}

// may tells whether a text with this signature can hold the needle of these hashes.
func may(sig []byte, needle []uint64) bool {
	if len(sig) == 0 {
		return true
	}
	for _, h := range needle {
		for _, b := range bits(h, len(sig)) {
			if sig[b>>3]&(1<<(b&7)) == 0 {
				return false
			}
		}
	}
	return true
}

// indexRecord writes the search copies of a record anew.
func indexRecord(ctx context.Context, t *tx, r archive.Record, content []byte) error {
	folded := text.Fold(archive.SearchText(r, content))
	if _, err := t.exec(ctx, `INSERT INTO archive_text (tenant, seq, fold) VALUES ($1,$2,$3) ON CONFLICT (tenant, seq) DO UPDATE SET fold = $3`, r.Tenant, r.Seq, folded); err != nil {
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO archive_sig (tenant, seq, sig) VALUES ($1,$2,$3) ON CONFLICT (tenant, seq) DO UPDATE SET sig = $3`, r.Tenant, r.Seq, signature(folded))
	return err
}

// indexOld writes the search copies of records that were sealed before there were any.
func (s *Store) indexOld(ctx context.Context) error {
	for {
		n := 0
		err := s.write(ctx, func(t *tx) error {
			n = 0
			type old struct {
				r       archive.Record
				content []byte
			}
			var list []old
			if err := t.query(ctx, func(scan func(...any) error) error {
				var o old
				var err error
				o.r, err = scanArchive(scan, &o.content)
				list = append(list, o)
				return err
			}, `SELECT `+archiveColumns+`, r.content FROM archive_record r WHERE NOT EXISTS (SELECT 1 FROM archive_sig g WHERE g.tenant = r.tenant AND g.seq = r.seq)
				ORDER BY r.tenant, r.seq LIMIT 100`); err != nil {
				return err
			}
			for _, o := range list {
				if err := indexRecord(ctx, t, o.r, o.content); err != nil {
					return err
				}
			}
			n = len(list)
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// How many signatures are read at once, and how many texts are looked into at once.
const (
	signatureBatch = 1000
	searchBatch    = 200
)

// searchArchive finds the records whose words hold a folded needle, newest first. It goes back from the newest only until a page is full: what stands everywhere is found at once.
func (s *Store) searchArchive(ctx context.Context, sc access.Scope, q archive.Query, folded string) (out []archive.Record, err error) {
	var needle []uint64
	grams(folded, true, func(h uint64) { needle = append(needle, h) })
	limit := archiveLimit(q.Limit)
	err = s.read(ctx, func(t *tx) error {
		out = nil
		before, more := q.Before, true
		if before <= 0 {
			before = math.MaxInt64
		}
		for candidates := []int64(nil); more || len(candidates) > 0; {
			for more && len(candidates) < searchBatch {
				var some []int64
				if some, before, more, err = candidatesOf(ctx, t, sc.Tenant, needle, before); err != nil {
					return err
				}
				candidates = append(candidates, some...)
			}
			n := min(len(candidates), searchBatch)
			if n == 0 {
				break
			}
			found, err := holding(ctx, t, sc, q, folded, candidates[:n])
			if err != nil {
				return err
			}
			out, candidates = append(out, found...), candidates[n:]
			if len(out) >= limit {
				out = out[:limit]
				break
			}
		}
		return nil
	})
	return out, err
}

// candidatesOf are the places before one whose signature lets the needle through, the newest first, among the next so many; last is the place to go on before, more whether to.
func candidatesOf(ctx context.Context, t *tx, tenant string, needle []uint64, before int64) (out []int64, last int64, more bool, err error) {
	n := 0
	err = t.query(ctx, func(scan func(...any) error) error {
		var sig []byte
		err := scan(&last, &sig)
		n++
		if err == nil && may(sig, needle) {
			out = append(out, last)
		}
		return err
	}, `SELECT seq, sig FROM archive_sig WHERE tenant = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3`, tenant, before, signatureBatch)
	return out, last, n == signatureBatch, err
}

// holding looks into the words of some records, under scope and filters.
func holding(ctx context.Context, t *tx, sc access.Scope, q archive.Query, folded string, seqs []int64) (out []archive.Record, err error) {
	var p params
	where := append([]string{archiveScope(sc, &p, "r.tenant", "r.case_id")}, archiveFilters(q, &p)...)
	in := make([]string, 0, len(seqs))
	for _, seq := range seqs {
		in = append(in, p.add(seq))
	}
	among := strings.Join(in, ",")
	// the long texts come last, and only those of the list: without CASE PostgreSQL may look into every one there is before it asks which are meant
	where = append(where, `r.seq IN (`+among+`)`, `CASE WHEN x.seq IN (`+among+`) THEN `+t.d.substring(&p, "x.fold", folded)+` ELSE FALSE END`)
	err = t.query(ctx, func(scan func(...any) error) error {
		r, err := scanArchive(scan)
		out = append(out, r)
		return err
	}, `SELECT `+archiveColumns+` FROM archive_record r JOIN archive_text x ON x.tenant = r.tenant AND x.seq = r.seq
		WHERE `+strings.Join(where, " AND ")+` ORDER BY r.seq DESC`, p.v...)
	return out, err
}
