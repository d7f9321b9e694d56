package casesheets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"kasane/internal/fault"
	"kasane/internal/live"
)

// mark (記号) stands at the end of each row of a sheet that may come back: which field of which case it is, and the version of it that went out.
type mark struct {
	tenant, caseID, form string
	person, field        string
	part                 string // "": the field; "+": the words of its choice; "=x": the choice x
	version              string // epoch.sequence of the document; "-": it was 同意範囲外
}

const (
	markBegin   = "KASANE1"
	markKept    = "-" // nothing of it went out
	markWords   = "+"
	markChoice  = "="
	markColumns = 9
)

// String writes a mark with a sum at its end: a row that a spreadsheet counted on (…12, …13) is found out.
func (k mark) String() string {
	s := strings.Join([]string{markBegin, k.tenant, k.caseID, k.form, k.person, k.field, k.part, k.version}, "|")
	return s + "|" + markSum(s)
}

func markSum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:4])
}

// isMark tells whether a cell was one, whole or not.
func isMark(cell string) bool { return strings.HasPrefix(strings.TrimSpace(cell), markBegin+"|") }

func readMark(cell string) (mark, bool) {
	cell = strings.TrimSpace(cell)
	p := strings.Split(cell, "|")
	if len(p) != markColumns || p[0] != markBegin || markSum(strings.TrimSuffix(cell, "|"+p[8])) != p[8] {
		return mark{}, false
	}
	return mark{p[1], p[2], p[3], p[4], p[5], p[6], p[7]}, true
}

// versionOf names what stands in a document now.
func versionOf(d live.Meta, seq int64) string { return fmt.Sprintf("%d.%d", d.Epoch, seq) }

// at reads the version; ok is false where nothing went out.
func (k mark) at() (epoch int, seq int64, ok bool) {
	e, s, _ := strings.Cut(k.version, ".")
	epoch, err1 := strconv.Atoi(e)
	seq, err2 := strconv.ParseInt(s, 10, 64)
	return epoch, seq, err1 == nil && err2 == nil && seq >= 0
}

// of refuses a file that belongs elsewhere.
func (m *material) own(k mark) error {
	switch {
	case k.tenant != m.actor.Tenant:
		return fault.New(fault.Invalid, "ほかの自治体のKasaneで書き出したファイルです。ここには読み込めません。").On("file")
	case k.caseID != m.kase.ID:
		return fault.Newf(fault.Invalid, "ほかのケースから書き出したファイルです（いま開いているのは %s）。書き出したケースの画面で読み込んでください。", m.kase.Number).On("file")
	case k.form != m.form.ID:
		title := "ほかの様式"
		if f, ok := m.set.Form(k.form); ok {
			title = "「" + f.Title + "」"
		}
		return fault.Newf(fault.Invalid, "%sのファイルです。様式を選び直してください（いま選ばれているのは「%s」）。", title, m.form.Title).On("file")
	}
	return nil
}
