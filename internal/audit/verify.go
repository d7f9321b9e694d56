package audit

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
)

// Part (箇所の種類) says in what a finding lies.
type Part string

// The parts.
const (
	PartEntry      Part = "entry"      // 監査ログの行; From and To are its numbers, from 1
	PartCheckpoint Part = "checkpoint" // 到達点; From and To are sizes
)

// Finding is one thing that is not as it was written, with the first and the last row it can lie in.
type Finding struct {
	Part     Part
	From, To int64
	Message  string // Japanese
}

// Kept is a checkpoint as it is stored, with the right edge of the tree beside it.
type Kept struct {
	Checkpoint
	Peaks []byte
}

// Anchor is a checkpoint that was written down outside the log: in a sealed record, on paper, in the data folder.
type Anchor struct {
	Checkpoint
	Where string // in Japanese
}

// Origin (移る前の署名) says that a log was signed with the key of another installation up to a size, when its municipality moved.
type Origin struct {
	Size int64
	Key  PublicKey
	At   time.Time
}

// Verifier reads a whole log again, entry by entry, and looks whether it is the log its checkpoints speak of.
type Verifier struct {
	tenant  string
	tree    Tree
	kept    []Kept   // still to come, by size
	anchors []Anchor // still to come, by size
	newest  int64    // size of the newest checkpoint kept
	origins []Origin // those somebody who is believed speaks for
	whole   int64    // size of the last checkpoint that agreed
	flagged bool     // an entry since then was found to be changed
	broken  bool     // what follows can not agree any more
	found   []Finding
}

// NewVerifier takes every checkpoint known: those the log keeps, ordered by size, and those written down elsewhere. Without keys signatures
// are not looked at.
//
// An origin lies in the database, where anybody who has it can put one. It is believed when a checkpoint of a greater size is signed by one of the keys: who signed
// that took over the log as it was then, and its root covers every entry before.
func NewVerifier(tenant string, kept []Kept, anchors []Anchor, keys Keys, origins ...Origin) *Verifier {
	v := &Verifier{tenant: tenant, anchors: slices.Clone(anchors)}
	for _, o := range origins {
		if len(o.Key) > 0 && slices.ContainsFunc(kept, func(k Kept) bool { return k.Size > o.Size && keys.Signed(tenant, k.Checkpoint) }) {
			v.origins = append(v.origins, o)
		}
	}
	slices.SortStableFunc(v.anchors, func(a, b Anchor) int { return cmp.Compare(a.Size, b.Size) })
	v.chain(kept, keys)
	for _, a := range v.anchors {
		if len(keys) > 0 && a.Key != "" && !v.signed(keys, a.Checkpoint) {
			v.add(PartCheckpoint, a.Size, a.Size, "%sに書かれた監査ログの到達点(%d件)の署名が正しくありません。", a.Where, a.Size)
		}
	}
	v.compare()
	return v
}

// signed tells whether a checkpoint is signed by one of the keys, or by the key it had to be signed with before the municipality moved.
func (v *Verifier) signed(keys Keys, c Checkpoint) bool {
	if keys.Signed(v.tenant, c) {
		return true
	}
	return slices.ContainsFunc(v.origins, func(o Origin) bool { return c.Size <= o.Size && Keys{o.Key}.Signed(v.tenant, c) })
}

// chain looks at the checkpoints alone: signatures, and whether each names the one before. One that is not genuine says nothing about entries.
func (v *Verifier) chain(kept []Kept, keys Keys) {
	var before *Kept
	sound := true // the one before
	old := 0      // from before there were signatures: the first signed one speaks for them
	for old < len(kept) && kept[old].Key == "" {
		old++
	}
	spoken := old > 0 && old < len(kept) && kept[old].Prev == kept[old-1].Digest(v.tenant)
	for i := range kept {
		c := &kept[i]
		v.newest = max(v.newest, c.Size)
		genuine := true
		switch {
		case len(keys) == 0:
		case i < old:
			genuine = spoken
		default:
			genuine = v.signed(keys, c.Checkpoint)
		}
		var want Hash
		if before != nil {
			want = before.Digest(v.tenant)
		}
		switch {
		case !genuine:
			v.add(PartCheckpoint, c.Size, c.Size, "監査ログの到達点(%d件)の署名が正しくありません。書き換えられたか、別の鍵で署名されています。", c.Size)
		case c.Prev != want && c.Key != "" && sound:
			from := int64(1)
			if before != nil {
				from = before.Size + 1
			}
			v.add(PartCheckpoint, from, c.Size, "監査ログの到達点(%d件)の前にあるはずの到達点がありません。", c.Size)
		}
		if sound = genuine; genuine {
			v.kept = append(v.kept, *c)
		}
		before = c
	}
}

// maxFindings bounds what is reported.
const maxFindings = 20

func (v *Verifier) add(part Part, from, to int64, format string, args ...any) {
	if len(v.found) < maxFindings {
		v.found = append(v.found, Finding{part, from, to, fmt.Sprintf(format, args...)})
	}
}

// Entry takes the next entry with the number and hash stored beside it.
func (v *Verifier) Entry(leaf int64, e access.Entry, stored []byte) {
	if want := v.tree.Size(); leaf != want && !v.broken {
		v.add(PartEntry, want+1, max(leaf, want+1), "監査ログの%d件目がありません(番号 %d が続いています)。", want+1, leaf+1)
		v.broken = true
	}
	h := LeafHash(Leaf(e))
	if !bytes.Equal(h[:], stored) {
		v.add(PartEntry, leaf+1, leaf+1, "監査ログの%d件目(ID %s)が書き換えられています。", leaf+1, e.ID)
		v.flagged = true
	}
	v.tree.Add(h)
	v.compare()
}

// compare looks at the checkpoints of the present size.
func (v *Verifier) compare() {
	size := v.tree.Size()
	for len(v.kept) > 0 && v.kept[0].Size <= size {
		c := v.kept[0]
		v.kept = v.kept[1:]
		v.reached(c.Checkpoint, "記録された到達点")
		if !v.broken && c.Size == size && !bytes.Equal(c.Peaks, v.tree.Peaks()) {
			v.add(PartCheckpoint, c.Size, c.Size, "監査ログの到達点(%d件)に添えた途中の計算結果が書き換えられています。", c.Size)
		}
	}
	for len(v.anchors) > 0 && v.anchors[0].Size <= size {
		a := v.anchors[0]
		v.anchors = v.anchors[1:]
		v.reached(a.Checkpoint, a.Where+"に書かれた到達点")
	}
}

// reached holds the tree against a checkpoint of its size. After a break everything that follows differs as well, which is not said again.
func (v *Verifier) reached(c Checkpoint, where string) {
	switch {
	case v.broken:
	case c.Size == v.tree.Size() && c.Root == v.tree.Root():
		v.whole, v.flagged = c.Size, false
	default:
		if !v.flagged {
			v.add(PartEntry, min(v.whole+1, c.Size), c.Size, "監査ログの%d〜%d件目のどこかが、ハッシュ値ごと書き換えられたか入れ替えられています(%s %d件と一致しません)。",
				min(v.whole+1, c.Size), c.Size, where, c.Size)
		}
		v.broken = true
	}
}

// Size is the number of entries read.
func (v *Verifier) Size() int64 { return v.tree.Size() }

// End tells all that is wrong; nothing when the log is whole.
func (v *Verifier) End() []Finding {
	size, want, where := v.tree.Size(), int64(0), ""
	if n := len(v.kept); n > 0 {
		want, where = v.kept[n-1].Size, "記録された到達点"
	}
	if n := len(v.anchors); n > 0 && v.anchors[n-1].Size > want {
		want, where = v.anchors[n-1].Size, v.anchors[n-1].Where
	}
	switch {
	case want > size && !v.broken:
		v.add(PartEntry, size+1, want, "監査ログの末尾が失われています(%sでは%d件あるはずが%d件)。", where, want, size)
	case v.newest < size && !v.broken:
		v.add(PartCheckpoint, v.newest+1, size, "監査ログの%d件目からあとに到達点がありません。到達点が消されたか、行が書き足されています。", v.newest+1)
	}
	v.kept, v.anchors = nil, nil
	return v.found
}
