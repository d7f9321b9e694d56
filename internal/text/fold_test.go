package text

import "testing"

func TestFold(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"髙橋", "高橋", "髙 橋", "髙\u3000槗"},
		{"山崎", "山\uFA11", "山嵜"},
		{"渡辺", "渡邊", "渡邉", "渡邉\U000E0100", "渡辺\uFE00"},
		{"斎藤", "齋藤", "齊藤", "斉藤"},
		{"浜田", "濵田", "濱田"},
		{"塚本", "\uFA10本"},
		{"神谷", "\uFA19谷"},
		{"𠮷野", "吉野"},
		{"たなか", "タナカ", "ﾀﾅｶ", "た なか"},
		{"がるしあ", "ガルシア", "ｶﾞﾙｼｱ", "カ\u3099ルシア"},
		{"k2026-0001", "Ｋ２０２６－０００１", "K2026-0001"},
		{"まりあさんとす", "マリア・サントス"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("%q is not found as %q (%q, %q)", s, same[0], Fold(s), Fold(same[0]))
			}
		}
	}
	for _, other := range [][2]string{{"高橋", "高槁"}, {"は", "ば"}, {"つ", "っ"}, {"一", "ー"}} {
		if Fold(other[0]) == Fold(other[1]) {
			t.Errorf("%q is found as %q", other[0], other[1])
		}
	}
}

func TestFoldName(t *testing.T) {
	t.Parallel()
	for _, same := range [][2]string{{"瀧澤", "滝沢"}, {"澁谷", "渋谷"}, {"關 奧穗", "関奥穂"}, {"舩栁", "船柳"}, {"靏見", "鶴見"}, {"髙瀨", "高瀬"}} {
		if FoldName(same[0]) != FoldName(same[1]) {
			t.Errorf("%q is not found as %q", same[0], same[1])
		}
	}
	for from, to := range nameVariants {
		if from == to || variants[from] != 0 || FoldName(string(to)) != string(to) || len([]rune(FoldName(string(from)))) != 1 {
			t.Errorf("%q → %q is no step to one letter", from, to)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("渡邉\U000E0100 ﾀﾅｶ")
	f.Fuzz(func(t *testing.T, s string) {
		if once := Fold(s); Fold(once) != once {
			t.Errorf("folding %q again gives %q", once, Fold(once))
		}
	})
}
