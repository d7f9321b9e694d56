package papers

import (
	"time"

	"kasane/internal/jptime"
)

// RoleMatrixDoc is the 役割分担表 as a document of its own.
type RoleMatrixDoc struct {
	Head
	Subject     Person // 対象者; Agency and Post are not printed
	PlanNo      string // プラン番号・作成回
	LeadAgency  string // 主担当機関 of the whole plan
	MeetingDate jptime.Date
	Matrix      RoleMatrix
}

// RoleMatrix is the matrix itself: rows of 支援項目 against columns of agencies.
type RoleMatrix struct {
	Agencies []MatrixAgency
	Rows     []MatrixRow
	Limits   []Limit // できないこと・条件
}

// MatrixAgency is a column: an agency, 本人 or 家族.
type MatrixAgency struct {
	Name   string
	Lead   bool // 主担当機関 of the plan
	Absent bool // not at the meeting
	// AcceptedLater: absent, but it took on at least one of its roles (引受 or 条件付き): 事後受諾.
	AcceptedLater bool
}

// MatrixRow is a 支援項目. Cells stand in the order of the agencies; missing ones print as 関与なし.
type MatrixRow struct {
	No           string
	Issue        string // 課題
	Item         string // 支援項目
	Cells        []MatrixCell
	NoLeadReason string // 主担当を置かない理由, when no cell is ◎
	Withheld     bool
}

// MatrixCell says what an agency does for an item.
type MatrixCell struct {
	Code       string      // one of ◎ ○ △ 見 情 本 － ？; empty is －
	Content    string      // 内容
	Person     string      // 担当者名
	Frequency  string      // 頻度
	Start      jptime.Date // 開始日
	Due        jptime.Date // 期限
	Contact    string      // 連絡方法
	Progress   string      // 進捗: 未着手, 実施中, 完了, 中止
	Answer     string      // 回答: 提案中, 引受, 条件付き, 持ち帰り, 辞退
	Condition  string      // 条件付き: the condition; 辞退, 持ち帰り: the reason
	AnsweredBy string      // 回答者名
	AnsweredAt time.Time
	Withheld   bool
}

// Limit is something an agency cannot do, or does only on a condition.
type Limit struct {
	Agency   string
	Text     string
	Withheld bool
}

// codes are the role codes in the order of the legend. The sign is never left to colour alone.
var codes = []struct{ sign, label string }{
	{"◎", "主担当"}, {"○", "担当"}, {"△", "協力・後方支援"}, {"見", "見守り"},
	{"情", "情報共有のみ"}, {"本", "本人が取り組むこと"}, {"－", "関与なし"}, {"？", "要調整"},
}

// legend is the line that explains the codes.
func legend() string {
	s := "凡例　"
	for i, c := range codes {
		if i > 0 {
			s += "　"
		}
		s += c.sign + "＝" + c.label
	}
	return s
}

// codeLabel is the wording of a sign; an unknown one stands for itself.
func codeLabel(sign string) string {
	for _, c := range codes {
		if c.sign == sign {
			return c.label
		}
	}
	return ""
}
