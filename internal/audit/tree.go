package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/bits"
)

// Hash is the hash of a leaf, a node or a whole tree.
type Hash [sha256.Size]byte

// String is lower hex.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// LeafHash is the hash of one entry.
func LeafHash(data []byte) Hash {
	return sha256.Sum256(append([]byte{0}, data...))
}

func nodeHash(l, r Hash) Hash {
	b := make([]byte, 1, 1+2*len(l))
	b[0] = 1
	return sha256.Sum256(append(append(b, l[:]...), r[:]...))
}

// Tree is the right edge of a log: enough to append and to tell the root. The zero Tree is the empty log.
type Tree struct {
	size  uint64
	peaks []Hash // roots of the full subtrees, largest first; one per bit of size
}

// Add appends a leaf.
func (t *Tree) Add(leaf Hash) {
	for n := t.size; n&1 == 1; n >>= 1 {
		leaf = nodeHash(t.peaks[len(t.peaks)-1], leaf)
		t.peaks = t.peaks[:len(t.peaks)-1]
	}
	t.peaks = append(t.peaks, leaf)
	t.size++
}

// Size is the number of leaves.
func (t *Tree) Size() int64 { return int64(t.size) }

// Root is the tree head; of the empty log the hash of nothing.
func (t *Tree) Root() Hash {
	if len(t.peaks) == 0 {
		return sha256.Sum256(nil)
	}
	root := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		root = nodeHash(t.peaks[i], root)
	}
	return root
}

// Peaks is what has to be kept, beside the size, to go on later.
func (t *Tree) Peaks() []byte {
	b := make([]byte, 0, len(t.peaks)*len(Hash{}))
	for _, p := range t.peaks {
		b = append(b, p[:]...)
	}
	return b
}

// Resume makes the tree again from its size and Peaks.
func Resume(size int64, peaks []byte) (*Tree, error) {
	n := len(Hash{})
	if size < 0 || len(peaks) != bits.OnesCount64(uint64(size))*n {
		return nil, errors.New("audit: the peaks do not fit the size")
	}
	t := &Tree{size: uint64(size)}
	for i := 0; i < len(peaks); i += n {
		t.peaks = append(t.peaks, Hash(peaks[i:i+n]))
	}
	return t, nil
}

// Root is the tree head over leaf hashes.
func Root(leaves []Hash) Hash {
	var t Tree
	for _, l := range leaves {
		t.Add(l)
	}
	return t.Root()
}
