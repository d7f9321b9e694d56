package sheets

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"kasane/internal/fault"
)

// pets is a change as a municipality makes it: a question, choices for it, another name, a choice no longer offered.
func pets() Amendment {
	return Amendment{
		EffectiveFrom: "2026-10-01",
		Fields: []OwnField{
			{Form: "uketsuke", Section: "uke", After: "urgency", Field: Field{ID: "own_pets", Label: "ペット", Type: TypeMulti, Item: "basic", Owner: OwnerHousehold, Codes: "own_animals"}},
			{Form: "uketsuke", Section: "uke", Field: Field{ID: "own_word", Label: "ひとこと", Type: TypeText, Item: "basic", Owner: OwnerHousehold, Max: 100}},
		},
		Changes: []FieldChange{{ID: "route", Label: "どこから", Help: "最初の窓口", Required: true}, {ID: "received_by", Label: "受付者", Retired: true, Required: true}},
		Lists: []OwnList{
			{ID: "own_animals", Title: "動物", Codes: []Code{{Code: "own_dog", Label: "犬"}, {Code: "own_cat", Label: "猫"}}},
			{ID: "route", Codes: []Code{{Code: "own_line", Label: "LINE相談"}}, Gone: []string{"01"}},
		},
	}
}

func TestAmended(t *testing.T) {
	t.Parallel()
	base, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	first, _ := base.At("2026-10-01").List("route")
	c := pets()
	c.Lists[1].Gone = []string{first.Codes[0].Code}
	if err := c.Check(base, nil); err != nil {
		t.Fatal(err)
	}
	second := pets()
	second.EffectiveFrom, second.Lists[1].Gone = "2027-01-01", nil
	second.Fields[0].Label = "飼っている動物"
	b, err := base.Amended([]Amendment{c, second})
	if err != nil {
		t.Fatal(err)
	}
	before, after, later := b.At("2026-09-30"), b.At("2026-10-01"), b.At("2027-04-01")
	if _, ok := before.Field("own_pets"); ok || before.Label("route", "own_line") != "own_line" {
		t.Error("a change applies before its day")
	}
	if f, _ := before.Field("route"); f.Label != "相談経路" || f.Required {
		t.Errorf("the shipped field was changed: %+v", f)
	}
	var ids []string
	form, _ := after.Form("uketsuke")
	for _, f := range form.Sections[0].Fields {
		ids = append(ids, f.ID)
	}
	if i := slices.Index(ids, "own_pets"); i < 1 || ids[i-1] != "urgency" || ids[len(ids)-1] != "own_word" {
		t.Errorf("order of the fields: %v", ids)
	}
	if f, _ := after.Field("route"); f.Label != "どこから" || !f.Required || f.Help != "最初の窓口" {
		t.Errorf("%+v", f)
	}
	if f, _ := after.Field("received_by"); !f.Retired || f.Required {
		t.Errorf("a retired field is asked for: %+v", f)
	}
	l, _ := after.List("route")
	if !l.Codes[0].Retired || l.Label("own_line") != "LINE相談" || l.Codes[len(l.Codes)-1].Code != "own_line" {
		t.Errorf("%+v", l)
	}
	if f, _ := later.Field("own_pets"); f.Label != "飼っている動物" {
		t.Errorf("the later change does not count: %+v", f)
	}
	if l, _ := later.List("route"); l.Codes[0].Retired {
		t.Error("the earlier change still counts")
	}
	pet, _ := after.Field("own_pets")
	if err := after.Validate(pet, `["own_dog"]`); err != nil {
		t.Error(err)
	}
	if err := after.Validate(pet, `["own_cow"]`); err == nil {
		t.Error("a choice that is not there was taken")
	}
	if !after.Holds(OwnerHousehold, "basic", "own_pets") || after.Holds(OwnerPerson, "basic", "own_pets") || !after.Holds(OwnerHousehold, "basic", "received_by") {
		t.Error("the documents do not hold what the form asks and asked")
	}
	if first.Codes[0].Retired {
		t.Error("the shipped list was changed")
	}
}

// What a later shipped form no longer has does not take the municipality's field with it.
func TestOwnFieldOutlivesItsSection(t *testing.T) {
	t.Parallel()
	base, _ := Builtin()
	c := pets()
	c.Fields[0].Section = "was_once_there"
	set := base.At("2026-10-01").amended(c)
	form, _ := set.Form("uketsuke")
	last := form.Sections[len(form.Sections)-1].Fields
	if last[len(last)-1].ID != "own_pets" {
		t.Errorf("%+v", last)
	}
}

func TestAmendmentCheck(t *testing.T) {
	t.Parallel()
	base, _ := Builtin()
	for what, tc := range map[string]struct {
		change func(*Amendment)
		on     string
	}{
		"no label":               {func(c *Amendment) { c.Fields[0].Label = "" }, "fields/0/label"},
		"a label too long":       {func(c *Amendment) { c.Fields[0].Label = strings.Repeat("髙", 61) }, "fields/0/label"},
		"a label of two lines":   {func(c *Amendment) { c.Fields[0].Label = "a\nb" }, "fields/0/label"},
		"no such section":        {func(c *Amendment) { c.Fields[0].Section = "x" }, "fields/0/section"},
		"no such form":           {func(c *Amendment) { c.Fields[0].Form = "x" }, "fields/0/section"},
		"an id of the shipped":   {func(c *Amendment) { c.Fields[0].ID = "route" }, "fields/0/id"},
		"twice":                  {func(c *Amendment) { c.Fields[1].ID = "own_pets" }, "fields/1/id"},
		"a signature":            {func(c *Amendment) { c.Fields[0].Type = TypeSig }, "fields/0/type"},
		"copied from the record": {func(c *Amendment) { c.Fields[1].From = "person.name" }, "fields/1/from"},
		"no class":               {func(c *Amendment) { c.Fields[0].Item = "" }, "fields/0/item"},
		"nobody's":               {func(c *Amendment) { c.Fields[0].Owner = "" }, "fields/0/owner"},
		"no list":                {func(c *Amendment) { c.Fields[0].Codes = "own_none" }, "fields/0/codes"},
		"choices of a text":      {func(c *Amendment) { c.Fields[1].Codes = "route" }, "fields/1/codes"},
		"no limit":               {func(c *Amendment) { c.Fields[1].Max = 0 }, "fields/1/max"},
		"a change of nothing":    {func(c *Amendment) { c.Changes[0].ID = "x" }, "changes/0/id"},
		"a name taken away":      {func(c *Amendment) { c.Changes[0].Label = "" }, "changes/0/label"},
		"a closed list":          {func(c *Amendment) { c.Lists[1].ID = "item" }, "lists/1/id"},
		"an unknown list":        {func(c *Amendment) { c.Lists[1].ID = "x" }, "lists/1/id"},
		"an empty list":          {func(c *Amendment) { c.Lists[0].Codes = nil }, "lists/0/codes"},
		"a list without a name":  {func(c *Amendment) { c.Lists[0].Title = "" }, "lists/0/title"},
		"a choice twice":         {func(c *Amendment) { c.Lists[0].Codes[1].Label = "犬" }, "lists/0/codes/1"},
		"a shipped code as own":  {func(c *Amendment) { c.Lists[1].Codes[0].Code = "02" }, "lists/1/codes/7"},
		"a code not there gone":  {func(c *Amendment) { c.Lists[1].Gone = []string{"zz"} }, "lists/1/codes"},
		"bidi in a label":        {func(c *Amendment) { c.Fields[0].Label = "ペ\u202eット" }, "fields/0/label"},
		"many":                   {func(c *Amendment) { c.Fields = make([]OwnField, 201) }, ""},
	} {
		c := pets()
		c.Lists[1].Gone = nil
		tc.change(&c)
		err := c.Check(base, nil)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != tc.on {
			t.Errorf("%s: %v on %q, want Invalid on %q", what, err, fieldOf(err), tc.on)
		}
	}
}

func fieldOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}

// What applies already is not lost by the next change: it is retired.
func TestAmendmentKeeps(t *testing.T) {
	t.Parallel()
	base, _ := Builtin()
	before := pets()
	before.Lists[1].Gone = nil
	copied := func() Amendment {
		var c Amendment
		b, _ := json.Marshal(before)
		_ = json.Unmarshal(b, &c)
		return c
	}
	for what, change := range map[string]func(*Amendment){
		"a field is gone":     func(c *Amendment) { c.Fields = c.Fields[:1] },
		"another type":        func(c *Amendment) { c.Fields[1].Type = TypeMemo },
		"another class":       func(c *Amendment) { c.Fields[0].Item = "family" },
		"a choice is gone":    func(c *Amendment) { c.Lists[0].Codes = c.Lists[0].Codes[:1] },
		"choices of own gone": func(c *Amendment) { c.Lists = c.Lists[:1] },
	} {
		c := copied()
		change(&c)
		if err := c.Check(base, &before); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	c := copied()
	c.Changes = append(c.Changes, FieldChange{ID: "own_word", Label: "ひとこと", Retired: true})
	c.Lists[0].Codes[0].Retired = true
	if err := c.Check(base, &before); err != nil {
		t.Errorf("retired: %v", err)
	}
}
