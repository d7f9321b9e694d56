package text

import (
	"math/rand/v2"
	"strings"
	"testing"

	"kasane/internal/fault"
	"kasane/internal/seedtest"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "𠮷田 邉\U000E0100", "髙\uFA11\uFA10\uFA19", "一行目\n二行目\t表", "①㈱ Nguyễn 👨‍👩‍👧", "か\u3099"} {
		if err := Check(good); err != nil {
			t.Errorf("Check(%q) = %v", good, err)
		}
	}
	for _, bad := range []string{"\xff", "a\x00", "a\r\n", "\u0085", "\u202E逆", "\u2066", "\u200F", "\uE000", "\U000F0001", "\uFFFF", "a\u2028b", "\U0001FFFE", "\uFDD0"} {
		if err := Check(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("Check(%q) = %v, want Invalid", bad, err)
		}
	}
}

func TestLimitsCountGraphemes(t *testing.T) {
	t.Parallel()
	ten := strings.Repeat("邉\U000E0100", 5) + strings.Repeat("𠮷", 3) + "が" + "か\u3099"
	if n := GraphemeLen(ten); n != 10 {
		t.Fatalf("GraphemeLen = %d, want 10", n)
	}
	if err := CheckLine(ten, 10); err != nil {
		t.Error(err)
	}
	err := CheckLine(ten+"x", 10)
	if got := fault.Message(err); got != "10文字まで入力できます(今は11文字)。" {
		t.Errorf("message %q", got)
	}
	if CheckLine("a\nb", 10) == nil || CheckMemo("a\nb", 10) != nil {
		t.Error("only a memo may have several lines")
	}
}

func TestInitial(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "たなか はるこ": "た", "ガルシア": "が", "maria": "M", "\u3000よしだ": "よ", "か\u3099る": "か\u3099", "ヴィ": "ゔ"} {
		if got := Initial(in); got != want {
			t.Errorf("Initial(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsKana(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"たかはし よしこ": true, "マリア・クララ": true, "Nguyễn": true, "Garcia": true, "田中": false, "": true, "1": false} {
		if got := IsKana(in); got != want {
			t.Errorf("IsKana(%q) = %v", in, got)
		}
	}
}

func TestLooksLikeMyNumber(t *testing.T) {
	t.Parallel()
	// 123456789018 is the sample number of the published examples.
	for _, s := range []string{"123456789018", "番号は1234-5678-9018です", "１２３４　５６７８　９０１８", "12345678-9018", "1 2 3 4 5 6 7 8 9 0 1 8",
		"1234ー5678ー9018", "1234 - 5678 - 9018", "scan_123456789018.pdf", "090-1234-5678 1234-5678-9018", "123456789018 090-1234-5678", "電話 090-1234-5678\n123456789018",
		"123456789018-", "K1 123456789018", "1234   567890   18 年"} {
		if !LooksLikeMyNumber(s) {
			t.Errorf("%q not seen", s)
		}
		if err := MyNumber(s); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q passes: %v", s, err)
		}
	}
	for _, s := range []string{"123456789012", "1234567890181", "12345678901", "1234 5678 と 9018", "090-1234-5678", "", "K123456789018", "123456789018a",
		"1234 5678 9018 2222", "1234-5678-9018-2222", "2026-11 2026-12", "090-1234-5678 3", "2026-11-26 1234", "No.1234567890180", "1234\n5678\n9018",
		"9f123456789018c0"} {
		if LooksLikeMyNumber(s) {
			t.Errorf("%q taken for a number", s)
		}
		if err := MyNumber(s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// The check digit by its definition, worked out another way: of the ten last digits exactly one is right, and one wrong digit is always seen
// but where the sum leaves 0 or 1, which share the check digit 0.
func TestCheckDigit(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	rnd := rand.New(rand.NewPCG(seed, 0))
	weights := []int{6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2} // from the left, as the ordinance prints them
	for range 2000 {
		d, sum := make([]byte, 12), 0
		for i := range weights {
			d[i] = byte('0' + rnd.IntN(10))
			sum += int(d[i]-'0') * weights[i]
		}
		want := 0
		if r := sum % 11; r > 1 {
			want = 11 - r
		}
		for c := range 10 {
			d[11] = byte('0' + c)
			if got := LooksLikeMyNumber(string(d)); got != (c == want) {
				t.Fatalf("%s: %v, the check digit is %d", d, got, want)
			}
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("邉\U000E0100 1234-5678-9018")
	f.Fuzz(func(t *testing.T, s string) {
		_ = LooksLikeMyNumber(s)
		if Check(s) == nil && GraphemeLen(s) > len([]rune(s)) {
			t.Errorf("more graphemes than code points: %q", s)
		}
		_ = Initial(s)
	})
}
