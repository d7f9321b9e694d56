package papers

import (
	"context"
	"time"

	"kasane/internal/jptime"
)

// ConsentDoc is the 同意書, to be signed or filled from a record; the 撤回届 and the 控え are made from the same.
// Labels of items, purposes and so on come in the wording of the look.
type ConsentDoc struct {
	Head
	Look Look
	// Filled: made from a record. Otherwise it is a sheet to be signed, and the boxes are empty.
	Filled bool

	Title      string   // 題名
	Paragraphs []string // 文面; in easy language for LookEasy
	Withdraw   string   // how consent is taken back
	TextNo     int      // 第n版; 0 while nobody has signed it
	TextHash   string

	No      string // 同意書番号
	State   string // 状態, in words
	Refused bool   // 不同意: the person said no
	Subject Person // 対象者; Agency and Post are not printed
	Birth   jptime.Date

	Purposes    []Check
	PurposeNote string
	Scope       []ScopeLine
	Others      []Check // その他会議が必要と認める機関; nil when the box was not ticked
	Sources     []string
	Forms       []Check // 記録形態
	From, Until jptime.Date

	Grantor     []Check // 同意者
	GrantorName string
	AgentKinds  []Check // 立場, on a sheet to be signed
	Agent       []Field // 続柄, 代理権の範囲, 理由, 確認書類; with values
	Methods     []Check
	Details     []Field // 聴取者 … 発言要旨, 代筆者 …
	Strokes     []Stroke
	SignedOn    jptime.Date

	Explainer   string
	ExplainedAt time.Time
	Ways, Cares []Check
	CareNote    string // 通訳の言語・通訳者, 同席した家族

	Contact     string // 担当: agency to turn to
	CopyGivenOn jptime.Date
	Withdrawals []WithdrawalLine
}

// ScopeLine is one agency and the items it may get.
type ScopeLine struct {
	Agency string
	Items  []Check
}

// WithdrawalLine is one withdrawal of a record.
type WithdrawalLine struct {
	At       time.Time
	Extent   string // what was taken back, in words
	By       string // 受付者
	How      string // 申し出の方法
	Told     string // 周知先
	Note     string
	Whole    bool
	Agencies []string // names
	Items    []string // labels
}

// Consent prints the 同意書.
func (p *Printer) Consent(ctx context.Context, m ConsentDoc) (Result, error) {
	return p.print(ctx, m.Head, "同意書", a4Portrait, func(s *sheet) {
		l := begin(s, m)
		l.h1(m.Title)
		for _, t := range m.Paragraphs {
			st := bodyStyle
			st.After = 1.5
			l.para(t, st)
		}
		if m.Filled && len(m.Scope) == 0 && m.Others == nil {
			l.person(m)
		} else {
			l.scopeOf(m, true)
		}
		l.declaration(m)
		l.para(m.Withdraw, bodyStyle)
		l.textVersion(m)
	})
}

// Receipt prints the 控え for the person: what was agreed to, in words the person can keep.
func (p *Printer) Receipt(ctx context.Context, m ConsentDoc) (Result, error) {
	return p.print(ctx, m.Head, "同意書の控え", a4Portrait, func(s *sheet) {
		l := begin(s, m)
		l.h1(l.say("同意書の控え（本人用）", "あなたが「いいです」と言ったことの 控え"))
		l.para(l.say("この控えは、同意した内容を確かめるためのものです。大切に保存してください。", "この紙は、あなたのものです。大切に とっておいて ください。"), bodyStyle)
		l.receiptHead(m)
		l.scopeOf(m, false)
		l.withdrawn(m)
		l.h2(l.say("同意をやめたいとき", "やめたいとき"))
		l.para(m.Withdraw, bodyStyle)
		if m.Contact != "" {
			l.para(l.say("連絡先　", "電話や 会いに 行く ところ　")+m.Contact, bodyStyle)
		}
		l.textVersion(m)
	})
}

// WithdrawalSheet prints the 撤回届, empty or of one withdrawal of the record.
func (p *Printer) WithdrawalSheet(ctx context.Context, m ConsentDoc) (Result, error) {
	return p.print(ctx, m.Head, "撤回届", a4Portrait, func(s *sheet) {
		l := begin(s, m)
		l.h1(l.say("同意の撤回届", "「やっぱり やめます」の 紙"))
		l.para(l.say("次の同意書による同意を、次のとおり撤回します。撤回しても、相談や支援を受けられなくなることはありません。",
			"前に「いいです」と 言いました。でも、やめます。やめても、相談は できます。"), bodyStyle)
		l.withdrawal(m)
	})
}

func begin(s *sheet, m ConsentDoc) *leaflet {
	if s.stamp = "作成　"; m.Filled {
		s.stamp = "記録　"
	}
	return &leaflet{sheet: s, look: m.Look}
}
