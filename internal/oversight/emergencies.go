package oversight

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"kasane/internal/consent"
	"kasane/internal/jptime"
)

// EmergencyTable is 緊急開示の月次一覧 as CSV for a spreadsheet. reasons: the reader holds the record; for others the column is not there. A last line says how many
// there are, so that a file cut off is seen. No name of a person stands in it.
func EmergencyTable(list []consent.Emergency, now time.Time, reasons bool) ([]byte, error) {
	head := []string{"始めた日時", "ケース", "開示した機関", "人数", "項目", "根拠", "理由", "行った人", "2人目の確認", "確認した日時", "終わり", "状態"}
	rows := [][]string{head}
	for _, x := range list {
		var items []string
		for _, i := range x.Items {
			items = append(items, i.Label())
		}
		state := "終わり"
		switch {
		case x.Lapsed(now):
			state = "確認なし(24時間で失効)"
		case x.EndedAt != nil:
			state = "途中で終わり"
		case x.Live(now):
			state = "開示中"
		}
		confirmed, when := "なし", ""
		if x.ConfirmedAt != nil {
			confirmed, when = x.ConfirmedName, jptime.FormatDateTime(*x.ConfirmedAt)
		}
		rows = append(rows, []string{jptime.FormatDateTime(x.At), x.Number, x.Agency, strconv.Itoa(x.Count), strings.Join(items, "、"), x.Basis.Label(), x.Reason, x.ByName,
			confirmed, when, jptime.FormatDateTime(x.Ends()), state})
	}
	if !reasons {
		for i := range rows {
			rows[i] = append(rows[i][:6:6], rows[i][7:]...)
		}
	}
	var b bytes.Buffer
	b.WriteString(BOM)
	err := writeRows(&b, append(rows, []string{"以上", strconv.Itoa(len(list)) + "件"})...)
	return b.Bytes(), err
}
