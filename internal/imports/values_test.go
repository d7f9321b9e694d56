package imports

import (
	"testing"
)

// Days are read as they stand in tables of offices; what is no day is not made one.
func TestDays(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"S45.3.2": "1970-03-02", "昭和45年3月2日": "1970-03-02", "昭４５．３．２": "", "1970/3/2": "1970-03-02", "1970-03-02": "1970-03-02", "1970-03-02 09:30": "1970-03-02", "25629": "1970-03-02",
		"19700302": "1970-03-02", "3450302": "1970-03-02", "S450302": "1970-03-02", "Ｓ４５．３．２": "1970-03-02", "令和元年5月1日": "2019-05-01", "1970": "", "19700332": "", "H31.5.1": "", "45": "", "": "", "不明": "", "R8.2.30": ""} {
		if got, err := readDate(in); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q (%v), want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]string{"S45.3.2生": "1970-03-02", "昭和45年3月2日（56歳）": "1970-03-02", "1970/3/2生まれ": "1970-03-02", "昭和45年": "1970", "S45": "1970", "昭和45年3月": "1970-03", "1970年3月": "1970-03", "1970": "1970", "昭和64年": "1989",
		"平成元年": "1989", "昭和45年13月": "", "19700332": "", "56歳": "", "H2.13.1": "", "昭和": "", "1970年生": "1970"} {
		if got, err := readBirth(in); got != want || (err == nil) != (want != "") {
			t.Errorf("born %q is %q (%v), want %q", in, got, err, want)
		}
	}
}

func TestRelatives(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]relative{"渡邉\U000E0100 一郎（長男）": {"渡邉\U000E0100 一郎", "長男", ""}, "渡邉 一郎(長男 25歳)": {"渡邉 一郎", "長男", "25歳"}, "長男（一郎）": {"一郎", "長男", ""}, "母：髙\uFA11 ハナ": {"髙\uFA11 ハナ", "母", ""},
		"母　髙\uFA11 ハナ": {"髙\uFA11 ハナ", "母", ""}} {
		if got, ok := readRelative(in); !ok || got != want {
			t.Errorf("%q is %+v", in, got)
		}
	}
	for _, in := range []string{"3人", "渡邉 一郎", "渡邉（職員）", "（長男）", ""} {
		if got, ok := readRelative(in); ok {
			t.Errorf("%q is %+v", in, got)
		}
	}
}
