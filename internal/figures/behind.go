package figures

import (
	"maps"
	"slices"
)

// Programme is one of the five 事業 of the scheme, whose single subsidy is reported on as a whole (一体的実施).
type Programme string

// The five.
const (
	ProgrammeConsult  Programme = "consult"  // 包括的相談支援
	ProgrammeJoint    Programme = "joint"    // 多機関協働
	ProgrammeOutreach Programme = "outreach" // アウトリーチ等を通じた継続的支援
	ProgrammeJoining  Programme = "joining"  // 参加支援
	ProgrammeArea     Programme = "area"     // 地域づくり
)

// behind (内訳) are the cases a figure counts, month by month, each as often as it is counted.
type behind [12][]string

func (b *behind) add(month int, caseID string) { b[month] = append(b[month], caseID) }

// cases is a figure that counts what happened in cases; its year is the sum of its months.
func (s span) cases(f Figure, of behind) Figure {
	var n [12]int
	for m, ids := range of {
		n[m] = len(ids)
	}
	return s.count(f, n).from(of)
}

// once is a figure that counts each case once a month, and once a year.
func (s span) once(f Figure, of behind) Figure {
	var sets [12]map[string]bool
	for m, ids := range of {
		sets[m] = map[string]bool{}
		for _, id := range ids {
			sets[m][id] = true
		}
	}
	return s.distinct(f, sets).from(of)
}

// from says which cases are behind a figure.
func (f Figure) from(of behind) Figure {
	f.of, f.Drill = of, true
	return f
}

// wholeYear is the column of the year.
const wholeYear = -1

// Behind gives the cases of a month, or of the year, with how often each is counted.
func (f Figure) Behind(month int) map[string]int {
	out := map[string]int{}
	from, to := month, month+1
	if month == wholeYear {
		from, to = 0, 12
		if f.stands {
			for from = 11; from > 0 && f.Months[from] == nil; from-- {
			}
			to = from + 1
		}
	}
	for _, ids := range f.of[from:to] {
		count(out, ids)
	}
	return out
}

// count counts ids; what belongs to no case has none.
func count(into map[string]int, ids []string) {
	for _, id := range ids {
		if id != "" {
			into[id]++
		}
	}
}

// sorted are the ids of a count, in order.
func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
