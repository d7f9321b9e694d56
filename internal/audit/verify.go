package audit

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"kasane/internal/access"
)

// Verifier reads a whole log again, entry by entry, and looks whether it is the log its checkpoints speak of.
type Verifier struct {
	tree    Tree
	at      []Checkpoint // by size
	problem []string
}

// NewVerifier takes every checkpoint known: those the log keeps, and those written down elsewhere (in sealed records).
func NewVerifier(checkpoints []Checkpoint) *Verifier {
	at := slices.Clone(checkpoints)
	slices.SortStableFunc(at, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	v := &Verifier{at: at}
	v.compare()
	return v
}

// maxProblems bounds what is reported: after a break every later checkpoint differs as well.
const maxProblems = 20

func (v *Verifier) add(format string, args ...any) {
	if len(v.problem) < maxProblems {
		v.problem = append(v.problem, fmt.Sprintf(format, args...))
	}
}

// Entry takes the next entry with the number and hash stored beside it.
func (v *Verifier) Entry(leaf int64, e access.Entry, stored []byte) {
	if want := v.tree.Size(); leaf != want {
		v.add("監査ログの%d件目がありません(番号 %d が続いています)。", want+1, leaf+1)
	}
	h := LeafHash(Leaf(e))
	if !bytes.Equal(h[:], stored) {
		v.add("監査ログの%d件目(ID %s)が書き換えられています。", leaf+1, e.ID)
	}
	v.tree.Add(h)
	v.compare()
}

// compare looks at the checkpoints of the present size.
func (v *Verifier) compare() {
	for len(v.at) > 0 && v.at[0].Size <= v.tree.Size() {
		if c := v.at[0]; c.Size != v.tree.Size() || c.Root != v.tree.Root() {
			v.add("監査ログの%d件目までが、記録された到達点と一致しません。", c.Size)
		}
		v.at = v.at[1:]
	}
}

// Size is the number of entries read.
func (v *Verifier) Size() int64 { return v.tree.Size() }

// End tells all that is wrong, in Japanese; nothing when the log is whole.
func (v *Verifier) End() []string {
	if n := len(v.at); n > 0 {
		v.add("監査ログの末尾が失われています(%d件あるはずが%d件)。", v.at[n-1].Size, v.tree.Size())
		v.at = nil
	}
	return v.problem
}
