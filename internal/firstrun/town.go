package firstrun

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kasane/internal/fault"
	"kasane/internal/text"
)

// Town (自治体) is what a municipality says of itself.
type Town struct {
	Name string `json:"name"`
	Code string `json:"code"` // 全国地方公共団体コード, 6 digits; "" = not said
	// Since (利用を始める年度) begins in April of that year; 0 = not said.
	Since int `json:"since"`
}

// check holds a Town against what it was: a code that is no number (of a demo) may stay, as may a year that was said earlier.
func (t Town) check(was Town, thisYear int) error {
	if err := text.Line("name", "自治体の名称", t.Name, 60); err != nil {
		return err
	}
	if err := text.Required("name", "自治体の名称", t.Name); err != nil {
		return err
	}
	if t.Code != was.Code {
		if err := CheckCode(t.Code); err != nil {
			return err
		}
	}
	if t.Since != 0 && t.Since != was.Since && (t.Since < firstYear || t.Since > thisYear+1) {
		return fault.Newf(fault.Invalid, "年度は、%d年度から来年度（%d年度）までの間で選んでください。", firstYear, thisYear+1).On("since")
	}
	return nil
}

// firstYear: 重層的支援体制整備事業 began in 令和3年度.
const firstYear = 2021

// CheckCode says what is wrong with a 全国地方公共団体コード: its length, its prefecture, or its check digit. "" is a code that is not known yet.
func CheckCode(code string) error {
	if code == "" {
		return nil
	}
	if strings.Trim(code, "0123456789") != "" {
		return badCode("全国地方公共団体コードは、半角の数字6桁で入力してください。")
	}
	if n := len(code); n != 5 && n != 6 {
		return badCode("全国地方公共団体コードは6桁です（今は" + strconv.Itoa(n) + "桁）。")
	}
	if Prefecture(code) == "" {
		return badCode("先頭の2桁（" + code[:2] + "）の都道府県がありません。01から47までの番号です。")
	}
	right := code[:5] + string(checkDigit(code))
	switch {
	case len(code) == 5:
		return badCode("6桁目の検査数字が足りません。" + code + "の検査数字は" + right[5:] + "で、コードは" + right + "です。")
	case code != right:
		return badCode("検査数字（6桁目）が合いません。先頭の5桁が正しければ、コードは" + right + "です。5桁の方も確かめてください。")
	}
	return nil
}

func badCode(message string) error { return fault.New(fault.Invalid, message).On("code") }

// checkDigit follows 全国地方公共団体コード仕様: the first five digits by 6 to 2, from 11 what is left of the sum over 11, and of that the last digit.
func checkDigit(code string) byte {
	sum := 0
	for i := range 5 {
		sum += int(code[i]-'0') * (6 - i)
	}
	return byte('0' + (11-sum%11)%10)
}

var prefectures = strings.Fields(`北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県
	滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県`)

// Prefecture is the 都道府県 of a code, "" for none.
func Prefecture(code string) string {
	if len(code) < 2 {
		return ""
	}
	n, err := strconv.Atoi(code[:2])
	if err != nil || n < 1 || n > len(prefectures) {
		return ""
	}
	return prefectures[n-1]
}

// plainCode makes a code of what hands type: full-width digits, blanks around it.
func plainCode(s string) string { return strings.TrimSpace(norm.NFKC.String(s)) }
