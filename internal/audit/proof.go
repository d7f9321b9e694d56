package audit

import (
	"math/bits"
	"slices"
)

// split is the largest power of two smaller than n (n > 1).
func split(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }

// Inclusion is the path that shows leaf i to be in the tree over leaves; nil when there is no such leaf.
func Inclusion(leaves []Hash, i int) []Hash {
	if i < 0 || i >= len(leaves) || len(leaves) == 1 {
		return nil
	}
	k := split(len(leaves))
	if i < k {
		return append(Inclusion(leaves[:k], i), Root(leaves[k:]))
	}
	return append(Inclusion(leaves[k:], i-k), Root(leaves[:k]))
}

// VerifyInclusion tells whether the path shows leaf to be number i of the log with this size and root.
func VerifyInclusion(leaf Hash, i, size int64, path []Hash, root Hash) bool {
	if i < 0 || i >= size {
		return false
	}
	fn, sn, h := i, size-1, leaf
	for _, p := range path {
		if sn == 0 {
			return false
		}
		if fn&1 == 1 || fn == sn {
			h = nodeHash(p, h)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			h = nodeHash(h, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	return sn == 0 && h == root
}

// Consistency is the proof that the first m leaves are the beginning of all of them; nil for m = 0 and m = len(leaves).
func Consistency(leaves []Hash, m int) []Hash {
	if m <= 0 || m >= len(leaves) {
		return nil
	}
	return subproof(leaves, m, true)
}

func subproof(leaves []Hash, m int, whole bool) []Hash {
	if m == len(leaves) {
		if whole {
			return nil
		}
		return []Hash{Root(leaves)}
	}
	k := split(len(leaves))
	if m <= k {
		return append(subproof(leaves[:k], m, whole), Root(leaves[k:]))
	}
	return append(subproof(leaves[k:], m-k, false), Root(leaves[:k]))
}

// VerifyConsistency tells whether the proof shows the log of size m with rootM to be the beginning of the log of size n
// with rootN.
func VerifyConsistency(m, n int64, proof []Hash, rootM, rootN Hash) bool {
	switch {
	case m < 0 || m > n:
		return false
	case m == n:
		return len(proof) == 0 && rootM == rootN
	case m == 0:
		return len(proof) == 0 && rootM == Root(nil)
	}
	if m&(m-1) == 0 {
		proof = append([]Hash{rootM}, proof...)
	}
	if len(proof) == 0 {
		return false
	}
	fn, sn := m-1, n-1
	for fn&1 == 1 {
		fn, sn = fn>>1, sn>>1
	}
	fr, sr := proof[0], proof[0]
	for _, p := range proof[1:] {
		if sn == 0 {
			return false
		}
		if fn&1 == 1 || fn == sn {
			fr, sr = nodeHash(p, fr), nodeHash(p, sr)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			sr = nodeHash(sr, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	return sn == 0 && fr == rootM && sr == rootN
}

// Inclusions is Inclusion of several leaves at once, by their numbers: the tree is hashed one time, whatever their number.
func Inclusions(leaves []Hash, wanted []int64) map[int64][]Hash {
	out := map[int64][]Hash{}
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	for _, i := range wanted {
		if i >= 0 && i < int64(len(leaves)) {
			out[i] = nil
		}
	}
	if len(out) > 0 {
		paths(leaves, 0, wanted, out)
	}
	return out
}

// paths adds to each wanted leaf among these, which begin at a number, its path inside them, and gives their root.
func paths(leaves []Hash, from int64, wanted []int64, out map[int64][]Hash) Hash {
	if len(wanted) == 0 {
		return Root(leaves)
	}
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := split(len(leaves))
	half, _ := slices.BinarySearch(wanted, from+int64(k))
	l := paths(leaves[:k], from, wanted[:half], out)
	r := paths(leaves[k:], from+int64(k), wanted[half:], out)
	for _, i := range wanted[:half] {
		if p, ok := out[i]; ok {
			out[i] = append(p, r)
		}
	}
	for _, i := range wanted[half:] {
		if p, ok := out[i]; ok {
			out[i] = append(p, l)
		}
	}
	return nodeHash(l, r)
}
