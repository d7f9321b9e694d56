package figures_test

import (
	"reflect"
	"testing"

	"kasane/internal/figures"
	"kasane/internal/sheets"
)

type values map[string]any

func (v values) Value(key string) (any, bool) { x, ok := v[key]; return x, ok }

// Choices are read as the form knows them: one, several, a check box. Texts, numbers, what no form offers and what is empty are not.
func TestAnswers(t *testing.T) {
	t.Parallel()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	own, err := book.Amended([]sheets.Amendment{{EffectiveFrom: "2026-05-01",
		Fields: []sheets.OwnField{{Form: "uketsuke", Section: "uke", Field: sheets.Field{ID: "own_pets", Label: "ペット", Type: sheets.TypeMulti, Item: "basic", Owner: sheets.OwnerHousehold, Codes: "own_animals"}},
			{Form: "uketsuke", Section: "uke", Field: sheets.Field{ID: "own_flag", Label: "印", Type: sheets.TypeBool, Item: "basic", Owner: sheets.OwnerHousehold}}},
		Lists: []sheets.OwnList{{ID: "own_animals", Title: "動物", Codes: []sheets.Code{{Code: "own_dog", Label: "犬"}, {Code: "own_cat", Label: "猫", Retired: true}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	set := own.At("2026-06-01")
	doc := values{"f/own_pets": `["own_dog","own_cat"]`, "f/own_flag": true, "f/urgency": "no such", "f/route": "", "f/received_by": "髙橋"}
	got := figures.Answers(set, figures.Sheet{Owner: sheets.OwnerHousehold, Item: "basic"}, doc)
	want := []figures.Answer{{Field: "own_pets", Code: "own_dog"}, {Field: "own_pets", Code: "own_cat"}, {Field: "own_flag", Code: "true"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := figures.Answers(set, figures.Sheet{Owner: sheets.OwnerPerson, Item: "basic"}, doc); len(got) != 0 {
		t.Errorf("in the document of a person: %+v", got)
	}
	var table figures.Table
	table.AddAnswers(set, []figures.Answered{{Answer: want[0], Count: 3}, {Answer: want[2], Count: 2}})
	if len(table.Answers) != 2 || table.Answers[0].Title != "ペット" || table.Answers[0].Total != 3 || len(table.Answers[0].Rows) != 1 || !reflect.DeepEqual(table.Answers[1].Rows[0], figures.Row{Label: "あり", Count: 2}) {
		t.Errorf("%+v", table.Answers)
	}
}
