package community

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/tables"
)

// File is what matches of the register as a file. It is a file to keep, so agencies that take no copies get none.
func (s *Service) File(ctx context.Context, actor access.Actor, q Query, form tables.Form) ([]byte, string, error) {
	if err := access.Require(actor, access.ActPlaceRead); err != nil {
		return nil, "", err
	}
	switch {
	case !form.Valid():
		return nil, "", fault.New(fault.Invalid, "保存の形式（Excel・CSV）を選び直してください。").On("as")
	case actor.NoCopies:
		return nil, "", fault.New(fault.Forbidden, "あなたの機関には、ファイルを渡さない設定になっています。画面で確かめるか、事務局に相談してください。")
	}
	_, found, err := s.find(ctx, actor, q)
	if err != nil {
		return nil, "", err
	}
	of, err := s.store.MunicipalityName(ctx, actor.Tenant)
	if err != nil {
		return nil, "", err
	}
	out, err := tables.Write(s.table(actor, of, found), form)
	if err != nil {
		return nil, "", err
	}
	now := s.clock()
	sum := sha256.Sum256(out)
	e := actor.Audit(now, access.VerbPlaceFile, "")
	e.Hash = hex.EncodeToString(sum[:])
	name := "社会資源台帳_" + jptime.DateOf(now).Compact() + form.Extension()
	return out, name, s.store.AppendAudit(ctx, e)
}

// table lays the places out as a file.
func (s *Service) table(actor access.Actor, of string, list []Place) tables.Book {
	now, set := s.clock(), s.set(actor.Tenant)
	foot := fmt.Sprintf("%s　%s　%s", actor.AgencyName, actor.Name, jptime.FormatDateTime(now))
	b := tables.Book{Title: "社会資源台帳", Author: of, At: now, Foot: foot, Note: "内容は、書き出した日時のものです。連絡の前に、受け入れの状況を確かめてください。",
		About: []string{of + "　" + strconv.Itoa(len(list)) + "件", "書き出した日時：" + jptime.FormatDateTime(now)},
		Sheet: tables.Grid{Name: "社会資源台帳", Repeat: 2, Columns: []tables.Column{{Title: "名称", Width: 26}, {Title: "種類", Width: 16}, {Title: "分野", Width: 14}, {Title: "圏域・地区", Width: 14},
			{Title: "所在地", Width: 26}, {Title: "定員", Width: 6}, {Title: "開催・利用時間", Width: 24}, {Title: "連絡先", Width: 22}, {Title: "受け入れ条件", Width: 30}, {Title: "状態", Width: 8},
			{Title: "担当機関", Width: 20}}},
		List: tables.Grid{Name: "一覧", Named: []int{0, 1}}}
	b.List.Columns = append(append([]tables.Column{}, b.Sheet.Columns...), tables.Column{Title: "地図座標", Width: 22}, tables.Column{Title: "備考", Width: 30}, tables.Column{Title: "更新日", Width: 12})
	for _, p := range list {
		fields := make([]string, len(p.Fields))
		for i, f := range p.Fields {
			fields[i] = set.Label(listField, f)
		}
		capacity := ""
		if p.Capacity != nil {
			capacity = strconv.Itoa(*p.Capacity)
		}
		row := []string{p.Name, set.Label(listKind, p.Kind), strings.Join(fields, "・"), p.District, p.Address, capacity, p.Hours, p.Contact, p.Terms, p.State.Label(), p.AgencyName}
		b.Sheet.Rows = append(b.Sheet.Rows, row)
		b.List.Rows = append(b.List.Rows, append(append([]string{}, row...), p.point(), p.Note, jptime.DateOf(p.At).String()))
	}
	return b
}
