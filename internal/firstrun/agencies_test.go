package firstrun

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
)

func look(t *testing.T, s *Service, text string) Looked {
	t.Helper()
	l, err := s.LookAtAgencies(context.Background(), actor(access.RoleCity), nil, text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return l
}

// Each row says what saving it would do, and what is wrong with it, beside its field.
func TestRowsOfATable(t *testing.T) {
	t.Parallel()
	s, _ := service(t)
	l := look(t, s, strings.Join([]string{
		"令和8年度 関係機関名簿", "",
		"No\t関係機関名\t分野\t担当者名\tTEL\t略称\t庁内・庁外",
		"1\t潮見市立南中学校\t保育所・学校\t海野 凪\t０１２−３４５−６７８９\t\t",
		"2\t潮見市社会福祉協議会\t社協\t\t012-345-6789\t\t",
		"3\t潮見市社会福祉協議会\t\t\t\t\t",
		"4\t高齢福祉課\t高齢福祉課\t\t内線 2345\t高齢\t○",
		"5\tなぎさ会\t謎の分野\t\t123456789\t長すぎる略称です\t",
		"6\t\tその他\t\t電話なし\t\t",
		"", "7\t休止中の会\t\t渚 砂\t\t\t",
	}, "\n"))
	if l.Bare || !reflect.DeepEqual(l.Unused, []string{"No"}) || len(l.Taken) != 6 || len(l.Rows) != 7 {
		t.Fatalf("%+v", l)
	}
	type want struct {
		line            int
		state           RowState
		short, category string
		wrong           string
	}
	for i, w := range []want{
		{4, RowNew, "南中学校", "school", ""}, {5, RowSame, "社協", "shakyo", ""}, {6, RowError, "", "", "name"}, {7, RowNew, "高齢", "koreika", ""},
		{8, RowError, "長すぎる略称です", "", "category,phone"}, {9, RowError, "", "other", "name,phone"}, {11, RowChange, "休止", "other", ""},
	} {
		r := l.Rows[i]
		var wrong []string
		for _, p := range r.Problems {
			wrong = append(wrong, p.Field)
		}
		if got := (want{r.Line, r.State, r.Short, r.Category, strings.Join(wrong, ",")}); got != w {
			t.Errorf("row %d: %+v, want %+v: %v", i, got, w, r.Problems)
		}
	}
	if r := l.Rows[0]; r.Contact != "海野 凪" || r.Phone != "０１２−３４５−６７８９" || !l.Rows[3].City {
		t.Errorf("texts are not as they were: %+v", r)
	}
	if m := l.Rows[4].Problems[1].Message; !strings.Contains(m, "先頭の0") {
		t.Errorf("the 0 a spreadsheet has eaten: %s", m)
	}
}

func TestTablesOfManyKinds(t *testing.T) {
	t.Parallel()
	s, _ := service(t)
	bare := look(t, s, "なぎさ会\tその他\t渚 砂\t012-345-6789\nうみの会\t\t\t")
	if !bare.Bare || len(bare.Rows) != 2 || bare.Rows[0].Contact != "渚 砂" || bare.Rows[1].State != RowNew {
		t.Errorf("without headings: %+v", bare)
	}
	csv := look(t, s, "名称,電話\n\"なぎさ,会\",012-345-6789\n")
	if len(csv.Rows) != 1 || csv.Rows[0].Name != "なぎさ,会" {
		t.Errorf("CSV: %+v", csv)
	}
	cp932 := "\x96\xbc\x8f\xcc,\x93\x64\x98\x62\n\x82\xc8\x82\xac\x82\xb3\x89\xef,119\n" // 名称,電話 / なぎさ会,119
	l, err := s.LookAtAgencies(context.Background(), actor(access.RoleAdmin), []byte(cp932), "")
	if err != nil || len(l.Rows) != 1 || l.Rows[0].Name != "なぎさ会" || l.Rows[0].State != RowNew {
		t.Errorf("CP932: %+v %v", l, err)
	}
	var many strings.Builder
	many.WriteString("名称\n")
	for i := range MostAgencies + 1 {
		fmt.Fprintf(&many, "会%d\n", i)
	}
	for text, kind := range map[string]fault.Kind{"": fault.Invalid, "名称\n\n": fault.Invalid, "電話\t担当者\n012-345-6789\t渚": fault.Invalid, many.String(): fault.TooLarge} {
		if _, err := s.LookAtAgencies(context.Background(), actor(access.RoleCity), nil, text); !fault.Is(err, kind) || fault.Field(err) != "file" {
			t.Errorf("%.20s: %v", text, err)
		}
	}
}

// What a row leaves empty stays, what it does not speak of stays, and a row that changes nothing is not saved.
func TestTakingRows(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, m := service(t)
	rows := []AgencyRow{{Name: "なぎさ会", Phone: "012-345-6789"}, {Name: "潮見市社会福祉協議会", Contact: "渚 砂"}, {Name: "休止中の会"}, {Name: "福祉政策課"}}
	if _, err := s.TakeAgencies(ctx, actor(access.RoleCity), rows); err != nil {
		t.Fatal(err)
	}
	if len(m.changes) != 2 {
		t.Fatalf("%+v", m.changes)
	}
	if c := m.changes[0]; c.ID != "" || c.In.Name != "なぎさ会" || c.In.Short != "なぎさ会" || !*c.In.Active || c.In.Phone != "012-345-6789" {
		t.Errorf("%+v", c)
	}
	if c := m.changes[1]; c.ID != "a2" || c.In.Contact != "渚 砂" || c.In.Phone != "012-345-6789" || c.In.Short != "社協" || c.In.Category != "shakyo" || !slices.Equal(c.In.Addresses, []string{"192.0.2.0/24"}) {
		t.Errorf("%+v", c)
	}
	for field, rows := range map[string][]AgencyRow{
		"agencies.1.name":     {{Name: "なぎさ会"}, {Name: "なぎさ会"}},
		"agencies.0.category": {{Name: "なぎさ会", Category: "謎"}},
		"agencies.0.short":    {{Name: "なぎさ会", Short: "あいうえおかきくけ"}},
		"agencies.0.phone":    {{Name: "なぎさ会", Phone: "なし"}},
		"agencies":            {},
	} {
		if _, err := s.TakeAgencies(ctx, actor(access.RoleCity), rows); !fault.Is(err, fault.Invalid) || fault.Field(err) != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := s.TakeAgencies(ctx, actor(access.RoleCity), rows[2:]); !fault.Is(err, fault.Conflict) {
		t.Errorf("nothing to do: %v", err)
	}
	if len(m.changes) != 2 {
		t.Error("refused rows were saved")
	}
}
