package meeting

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/plans"
	"kasane/internal/tables"
)

// Table is the 役割分担表 as one reader may see it now, as a file for a spreadsheet: what Draft prints, with 「同意範囲外」 in the place of what is withheld.
// It is a file to keep, so guests, observers and agencies that take no copies get none. It is audited.
func (s *Service) Table(ctx context.Context, actor access.Actor, meetingID string, form tables.Form) ([]byte, string, error) {
	return s.table(ctx, actor, meetingID, PaperMatrix, form)
}

// table is the plan or its 役割分担表.
func (s *Service) table(ctx context.Context, actor access.Actor, meetingID string, kind PaperKind, form tables.Form) ([]byte, string, error) {
	if !form.Valid() {
		return nil, "", fault.New(fault.Invalid, "保存の形式（Excel・CSV）を選び直してください。").On("as")
	}
	st, _, err := s.load(ctx, actor, meetingID)
	if err != nil {
		return nil, "", err
	}
	switch {
	case actor.NoCopies:
		return nil, "", fault.New(fault.Forbidden, "あなたの機関には、ファイルを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	case actor.Guest() || st.observes(actor):
		return nil, "", fault.New(fault.Forbidden, "招待された人と助言者には、ファイルを渡しません。画面で確かめるか、事務局に相談してください。")
	}
	mat, err := s.planned(ctx, actor, st, kind)
	if err != nil {
		return nil, "", err
	}
	book, called := mat.matrixBook, "役割分担表"
	if kind == PaperPlan {
		book, called = mat.planBook, "支援プラン"
	}
	out, err := tables.Write(book(), form)
	if err != nil {
		return nil, "", err
	}
	e := actor.Audit(mat.at, access.VerbMatrixTake, meetingID).InCase(st.Meeting.CaseID).InMeeting(meetingID)
	e.Hash = sum(out)
	name := strings.TrimSuffix(mat.fileName(called), ".pdf") + form.Extension()
	return out, name, s.Store.AppendAudit(ctx, e)
}

// Observes tells whether somebody watches a meeting without a say, by the role or by the seat of the agency; true too for who has no part in it.
func (s *Service) Observes(ctx context.Context, actor access.Actor, meetingID string) (bool, error) {
	st, _, err := s.load(ctx, actor, meetingID)
	if fault.Is(err, fault.NotFound) {
		return true, nil
	}
	return err == nil && st.observes(actor), err
}

// observes tells whether somebody watches the meeting without a say.
func (s *State) observes(a access.Actor) bool {
	if a.Holder() {
		return false
	}
	seat := s.seat(a.AgencyID)
	return seat != nil && seat.Observer || a.Has(access.RoleObserver) && !a.HasAny(access.RoleAgency, access.RoleChair)
}

// matrixBook is the 役割分担表 as tables: in the layout of the office, and as a list with a row for each role.
func (m *material) matrixBook() tables.Book {
	doc := m.matrixDoc()
	b := tables.Book{Title: "役割分担表", Status: m.status(), Note: papers.Legend(), Foot: m.copyFor, Author: doc.Municipality, At: doc.At,
		Sheet: tables.Grid{Name: "役割分担表", Repeat: 3}, List: tables.Grid{Name: "役割の一覧", Named: []int{0, 3}}}
	meet := doc.MeetingKind
	if doc.MeetingNo > 0 {
		meet += fmt.Sprintf("　第%d回", doc.MeetingNo)
	}
	b.About = []string{joined("　", meet, "開催日："+doc.MeetingDate.Both(), "取扱注意・部外秘"),
		joined("　", "対象者："+doc.Subject.Name, "プラン："+doc.PlanNo, "ケースID："+doc.CaseID, said("主担当機関：", doc.LeadAgency), said("文書番号：", doc.DocumentNo)),
		joined("　", "この内容の日時："+jptime.FormatDateTime(doc.At), said("合意した版のハッシュ：", doc.ContentHash), m.copyFor)}
	m.officeRows(&b.Sheet, doc.Matrix)
	m.listRows(&b.List, doc.Matrix)
	return b
}

// status is what the file is: 案, or 写し of a version.
func (m *material) status() string {
	switch {
	case m.draft:
		return "案"
	case m.copied:
		return fmt.Sprintf("第%d版の写し", m.version)
	}
	return fmt.Sprintf("第%d版", m.version)
}

// officeRows is the layout of the office: 支援項目 against agencies.
func (m *material) officeRows(g *tables.Grid, matrix papers.RoleMatrix) {
	g.Columns = []tables.Column{{Title: "№", Width: 5}, {Title: "課題", Width: 22}, {Title: "支援項目", Width: 32}}
	wide := min(40, max(24, 180/float64(max(1, len(matrix.Agencies)))))
	for _, a := range matrix.Agencies {
		g.Columns = append(g.Columns, tables.Column{Title: a.Heading(), Width: wide})
	}
	limits := m.limits()
	for i, r := range matrix.Rows {
		row := make([]string, len(g.Columns))
		row[0], row[1], row[2] = r.No, r.Issue, joined("\n", r.Item, said("◎を置かない理由：", r.NoLeadReason))
		if r.Withheld {
			row[2] = papers.Withheld
		}
		for c, cell := range r.Cells {
			row[3+c] = officeCell(cell, limits[[2]int{i, c}])
		}
		g.Rows = append(g.Rows, row)
	}
}

// officeCell is a role as it stands in the matrix.
func officeCell(c papers.MatrixCell, limits string) string {
	sign := c.Code
	if sign == "" {
		sign = plans.CodeNone.Mark()
	}
	role := joined(" ", sign, c.Label())
	if sign == plans.CodeNone.Mark() { // alone, as on paper
		role = sign
	}
	answer := said("回答：", c.Answer)
	if c.Condition != "" {
		answer += "（" + c.Condition + "）"
	}
	return joined("\n", role, c.Content, said("担当者：", c.Person), said("頻度：", c.Frequency), said("期間：", c.Period()), said("条件：", limits), answer)
}

// listRows is the list: a row for each role. A 支援項目 nobody has a role in, and one that is withheld, have a row too.
func (m *material) listRows(g *tables.Grid, matrix papers.RoleMatrix) {
	for _, c := range []struct {
		title string
		width float64
	}{{"№", 5}, {"課題", 24}, {"支援項目", 32}, {"機関", 24}, {"記号", 6}, {"役割", 16}, {"内容", 40}, {"担当者名", 16}, {"頻度", 10}, {"開始日", 12}, {"期限", 12},
		{"できないこと・条件", 28}, {"回答", 10}, {"回答の条件・理由", 24}, {"回答者", 16}, {"回答日時", 20}} {
		g.Columns = append(g.Columns, tables.Column{Title: c.title, Width: c.width})
	}
	limits := m.limits()
	add := func(values ...string) {
		g.Rows = append(g.Rows, append(values, make([]string, len(g.Columns)-len(values))...))
	}
	for i, r := range matrix.Rows {
		if r.Withheld {
			add(r.No, "", papers.Withheld)
			continue
		}
		n := len(g.Rows)
		for c, cell := range r.Cells {
			if cell.Code == "" && cell.Content == "" && limits[[2]int{i, c}] == "" {
				continue
			}
			at := ""
			if !cell.AnsweredAt.IsZero() {
				at = cell.AnsweredAt.In(jptime.JST).Format("2006-01-02 15:04")
			}
			add(r.No, r.Issue, r.Item, matrix.Agencies[c].Name, cell.Code, cell.Label(), cell.Content, cell.Person, cell.Frequency, dayOrNone(cell.Start), dayOrNone(cell.Due),
				limits[[2]int{i, c}], cell.Answer, cell.Condition, cell.AnsweredBy, at)
		}
		if len(g.Rows) == n {
			add(r.No, r.Issue, r.Item)
		}
	}
}

// limits are できないこと・条件 by row and column of the matrix.
func (m *material) limits() map[[2]int]string {
	out, columns := map[[2]int]string{}, m.columns()
	for i, r := range m.matrix.Rows {
		for c, col := range columns {
			if cell, ok := r.Action.Cell(col.ID); ok && cell.Limits != "" {
				out[[2]int{i, c}] = cell.Limits
			}
		}
	}
	return out
}

func dayOrNone(d jptime.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// said is a value behind its label, nothing without a value.
func said(label, value string) string {
	if value == "" {
		return ""
	}
	return label + value
}

// joined puts together what there is.
func joined(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}
