package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/audit"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/seedtest"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// aged is a world with a history: records, some hundred entries under many checkpoints, rows typed into documents. It gives what a data folder keeps:
// the newest checkpoint.
func aged(ctx context.Context, t *testing.T, w storetest.World) archive.Trust {
	t.Helper()
	s := w.Store
	sealed(t, w)
	for i := range 40 {
		for j := range 1 + i%5 {
			if err := s.AppendAudit(ctx, w.Entry(fmt.Sprintf("f%02d-%d", i, j), access.VerbCaseOpen)); err != nil {
				t.Fatal(err)
			}
		}
		if i%3 == 0 {
			if out, err := s.AppendDocs(ctx, []live.Batch{batch("d1", 7, "u1", "typed", fmt.Sprint(i)), batch("d2", 8, "u1", fmt.Sprint("x", i))}); err != nil || out[0].Err != nil {
				t.Fatal(out, err)
			}
		}
		if i%10 == 9 {
			c := change(t, w, fmt.Sprint("more", i), func(c *meeting.Change) {
				c.Seal = []meeting.Paper{paper(meeting.PaperMatrix, 2+i/10, fmt.Sprint("版", i))}
			})
			var err error
			if c.Seal[0].Checkpoint, err = s.AuditCheckpoint(ctx, tenant); err != nil {
				t.Fatal(err)
			}
			if _, err := s.RecordMeeting(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.SequenceWaiting(ctx); err != nil {
			t.Fatal(err)
		}
	}
	text, err := s.AuditCheckpoint(ctx, tenant)
	if err != nil {
		t.Fatal(err)
	}
	head, err := audit.ParseCheckpoint(text)
	if err != nil {
		t.Fatal(err)
	}
	trust := storetest.Trust()
	trust.Anchors = map[string][]audit.Anchor{tenant: {{Checkpoint: head, Where: "データフォルダー"}}}
	rep, err := archive.Verify(ctx, s, tenant, trust)
	if err != nil || !rep.OK || rep.Entries < 130 || rep.Checked != 7 {
		t.Fatalf("untouched: %+v %v", rep, err)
	}
	return trust
}

// blow is something done to the database behind Kasane's back, and the first row it makes wrong.
type blow struct {
	name  string
	do    [][]any
	parts []audit.Part // where the first problem may be said to lie
	row   int64
}

var tampered = map[string]struct {
	key     string // the column that orders the rows
	text    []string
	number  []string
	bytes   []string
	offset  int64 // of the key to the number of the row
	removed []audit.Part
	edited  []audit.Part
}{
	"audit_entry": {"leaf", []string{"tenant", "id", "actor_id", "agency_id", "session_id", "ip", "verb", "case_id", "meeting_id", "target", "result", "reason", "hash"},
		[]string{"at", "leaf"}, []string{"leaf_hash"}, 1, []audit.Part{audit.PartEntry}, []audit.Part{audit.PartEntry}},
	"audit_checkpoint": {"size", []string{"tenant", "prev", "key_id"}, []string{"size", "at"}, []string{"root", "peaks", "sig"}, 0,
		[]audit.Part{audit.PartCheckpoint}, []audit.Part{audit.PartCheckpoint}},
	"archive_record": {"seq", []string{"tenant", "id", "number", "kind", "title", "case_id", "case_number", "meeting_id", "replaces", "file_name", "file_sha256", "content_sha256",
		"renderer", "retention_class", "retention_from", "retention_until", "sealed_by", "audit_checkpoint", "prev_hash", "chain_hash", "fold", "signature"},
		[]string{"seq", "meeting_day", "version", "pages", "size", "retention_years", "sealed_at"}, []string{"file", "content"}, 0,
		[]audit.Part{archive.PartRecord, archive.PartHead}, []audit.Part{archive.PartRecord, archive.PartHead}},
	"archive_head": {"seq", []string{"tenant", "chain_hash"}, []string{"seq"}, nil, 1, []audit.Part{archive.PartHead}, []audit.Part{archive.PartHead}},
}

// whole is the untouched database: the keys of the rows of each table, in order, and the audit log.
type whole struct {
	keys    map[string][]int64
	entries []access.Entry
}

// forge changes an entry with its hash, and half the time every checkpoint from there on too, as somebody who knows how it is made but has not the
// key: the row lies between two checkpoints, or the first checkpoint made anew has a wrong signature.
func (l whole) forge(rnd *rand.Rand) blow {
	i := rnd.IntN(len(l.entries))
	e := l.entries[i]
	e.ActorID += "x"
	h := audit.LeafHash(audit.Leaf(e))
	b := blow{name: fmt.Sprintf("audit_entry %d forged", i), parts: []audit.Part{audit.PartEntry}, row: int64(i) + 1,
		do: [][]any{{`UPDATE audit_entry SET actor_id = $1, leaf_hash = $2 WHERE leaf = $3`, e.ActorID, h[:], int64(i)}}}
	if rnd.IntN(2) == 0 {
		return b
	}
	var tree audit.Tree
	b.row = 0
	for j, x := range l.entries {
		if j == i {
			x = e
		}
		tree.Add(audit.LeafHash(audit.Leaf(x)))
		if j < i || !slices.Contains(l.keys["audit_checkpoint"], tree.Size()) {
			continue
		}
		if b.row == 0 {
			b.row = tree.Size()
		}
		root := tree.Root()
		b.do = append(b.do, []any{`UPDATE audit_checkpoint SET root = $1, peaks = $2 WHERE size = $3`, root[:], tree.Peaks(), tree.Size()})
	}
	b.name, b.parts = b.name+" with its checkpoints", []audit.Part{audit.PartCheckpoint}
	return b
}

// strike draws a blow.
func (l whole) strike(rnd *rand.Rand) blow {
	keys := l.keys
	table := []string{"audit_entry", "audit_entry", "audit_entry", "audit_checkpoint", "archive_record", "archive_record", "archive_head"}[rnd.IntN(7)]
	d, rows := tampered[table], keys[table]
	i := rnd.IntN(len(rows))
	at, row := rows[i], rows[i]+d.offset
	one := ` WHERE ` + d.key + ` = $1`
	switch kind := rnd.IntN(6); {
	case table == "archive_head" && kind < 2:
		return blow{table + " deleted", [][]any{{`DELETE FROM archive_head`}}, d.removed, 1}
	case table == "audit_entry" && kind == 3:
		return l.forge(rnd)
	case kind == 0:
		return blow{fmt.Sprintf("%s %d deleted", table, at), [][]any{{`DELETE FROM ` + table + one, at}}, d.removed, row}
	case kind == 1 && i > 0:
		do := [][]any{{`DELETE FROM ` + table + ` WHERE ` + d.key + ` >= $1`, at}}
		parts := d.removed
		switch {
		case table == "audit_entry" && rnd.IntN(2) == 0: // the checkpoints of what is gone go too
			do = append(do, []any{`DELETE FROM audit_checkpoint WHERE size > $1`, at})
		case table == "archive_record" && rnd.IntN(2) == 0:
			do = append(do, []any{`UPDATE archive_head SET seq = $1 - 1, chain_hash = (SELECT chain_hash FROM archive_record WHERE seq = $1 - 1)`, at})
		case table == "audit_checkpoint":
			row = rows[i-1] + 1 // from there on nothing is signed
		}
		return blow{fmt.Sprintf("%s cut from %d", table, at), do, parts, row}
	case kind == 2 && len(rows) > 1:
		j := (i + 1 + rnd.IntN(len(rows)-1)) % len(rows)
		do := [][]any{{`UPDATE ` + table + ` SET ` + d.key + ` = 900000` + one, rows[i]}, {`UPDATE ` + table + ` SET ` + d.key + ` = $2` + one, rows[j], rows[i]},
			{`UPDATE ` + table + ` SET ` + d.key + ` = $2` + one, int64(900000), rows[j]}}
		return blow{fmt.Sprintf("%s %d and %d swapped", table, rows[i], rows[j]), do, d.edited, min(rows[i], rows[j]) + d.offset}
	}
	name, set, args := edit(rnd, d.text, d.number, d.bytes)
	what := fmt.Sprintf("%s %d: %s edited", table, at, name)
	if table == "archive_head" && name == "tenant" { // as good as deleted
		row = 1
	}
	if table == "audit_checkpoint" && name == "size" && i == len(rows)-1 { // none comes after it to miss it: it is known by the number it has now
		row += args[0].(int64)
	}
	return blow{what, [][]any{append([]any{`UPDATE ` + table + ` SET ` + set + one, at}, args...)}, d.edited, row}
}

// edit changes one column: text gets something appended, a number another value, bytes are turned over.
func edit(rnd *rand.Rand, text, number, bytes []string) (name, set string, args []any) {
	n := rnd.IntN(len(text) + len(number) + len(bytes))
	switch {
	case n < len(text):
		name = text[n]
		return name, name + ` = ` + name + ` || $2`, []any{string(rune('a' + rnd.IntN(26)))}
	case n < len(text)+len(number):
		name = number[n-len(text)]
		return name, name + ` = ` + name + ` + $2`, []any{int64(1_000_000 + rnd.IntN(1000))}
	}
	name = bytes[n-len(text)-len(number)]
	b := make([]byte, 32)
	for i := range b {
		b[i] = byte(rnd.Uint32())
	}
	return name, name + ` = $2`, []any{b}
}

// Random edits, swaps, deletions and truncations of the audit and archive tables: the verification finds each, and its first problem in the place
// names the first bad row. KASANE_TAMPERS says how many for each engine, KASANE_SEED with which seed.
func TestTamperAtRandom(t *testing.T) {
	blows, seed := 50, seedtest.Seed(t)
	if v, err := strconv.Atoi(os.Getenv("KASANE_TAMPERS")); err == nil {
		blows = v
	}
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		trust := aged(ctx, t, w)
		l := whole{keys: map[string][]int64{}}
		for table, d := range tampered {
			l.keys[table] = store.Numbers(ctx, t, s, `SELECT `+d.key+` FROM `+table+` ORDER BY 1`)
		}
		err := s.AtOneMoment(ctx, func(src archive.Source) error {
			return src.EachAuditEntry(ctx, tenant, func(_ int64, e access.Entry, _ []byte) error { l.entries = append(l.entries, e); return nil })
		})
		if err != nil {
			t.Fatal(err)
		}
		rnd := rand.New(rand.NewPCG(seed, 4))
		kinds := map[string]int{}
		for n := range blows {
			b := l.strike(rnd)
			undo := errors.New("undo")
			err := store.Tampered(ctx, s, b.do, func(src archive.Snapshots) error {
				rep, err := archive.Verify(ctx, src, tenant, trust)
				if err != nil {
					return err
				}
				first := slices.IndexFunc(rep.Problems, func(p archive.Problem) bool { return slices.Contains(b.parts, p.Part) })
				if rep.OK || first < 0 || b.row < rep.Problems[first].From || b.row > rep.Problems[first].To || rep.Problems[first].Message == "" {
					t.Errorf("seed %d, blow %d, %s: want row %d of %v: %+v", seed, n, b.name, b.row, b.parts, rep.Problems)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Errorf("seed %d, blow %d, %s: %v", seed, n, b.name, err)
			}
			kinds[strings.Fields(b.name)[0]]++
		}
		t.Logf("seed %d: %d blows found: %v", seed, blows, kinds)
		if rep, err := archive.Verify(ctx, s, tenant, trust); err != nil || !rep.OK {
			t.Errorf("afterwards: %+v %v", rep, err)
		}
	})
}

// What was typed is in the tree by hash: a row of a document's log that is changed, taken away or renamed is found, and the document named.
func TestTypedRowsAreInTheTree(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		trust := aged(ctx, t, w)
		if n := store.Count(ctx, s, "audit_entry WHERE verb = 'document.log'"); n < 20 {
			t.Errorf("%d entries for what was typed", n)
		}
		for name, do := range map[string][]any{
			"body":    {`UPDATE doc_update SET body = $1 WHERE doc_id = 'd1' AND seq = 3`, []byte("other")},
			"author":  {`UPDATE doc_update SET actor_id = 'u2' WHERE doc_id = 'd1' AND seq = 3`},
			"name":    {`UPDATE doc_update SET actor_name = 'x' WHERE doc_id = 'd1' AND seq = 3`},
			"time":    {`UPDATE doc_update SET at = at + 1 WHERE doc_id = 'd1' AND seq = 3`},
			"removed": {`DELETE FROM doc_update WHERE doc_id = 'd1' AND seq = 3`},
			"cut":     {`DELETE FROM doc_update WHERE doc_id = 'd1' AND seq >= 3`},
			"mark":    {`UPDATE audit_doc SET seq = 2 WHERE doc_id = 'd1'`},
			"no mark": {`DELETE FROM audit_doc WHERE doc_id = 'd1'`},
		} {
			undo := errors.New("undo")
			err := store.Tampered(ctx, s, [][]any{do}, func(src archive.Snapshots) error {
				rep, err := archive.Verify(ctx, src, tenant, trust)
				if err != nil {
					return err
				}
				if rep.OK || rep.Problems[0].Part != archive.PartRows || !strings.Contains(rep.Problems[0].Message, "ID d1") || rep.Problems[0].From > 3 || rep.Problems[0].To < 3 {
					t.Errorf("%s: %+v", name, rep)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Rows written by a node that is gone, or by another node a moment ago, enter the tree as well, each once.
func TestRowsOfAnotherNode(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := storetest.Options(t, "postgres")
	a, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	storetest.NewWorld(t, a, tenant)
	if out, err := a.AppendDocs(ctx, []live.Batch{batch("d1", 7, "u1", "a", "b")}); err != nil || out[0].Err != nil {
		t.Fatal(out, err)
	}
	if err := a.Close(); err != nil { // before it sequenced
		t.Fatal(err)
	}
	b, err := store.Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for range 3 {
		if err := b.SequenceWaiting(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if n := store.Count(ctx, b, "audit_entry WHERE verb = 'document.log' AND target = 'd1' AND reason = '1-2' AND leaf IS NOT NULL"); n != 1 {
		t.Errorf("%d entries", n)
	}
	if rep, err := archive.Verify(ctx, b, tenant, storetest.Trust()); err != nil || !rep.OK {
		t.Errorf("%+v %v", rep, err)
	}
}
