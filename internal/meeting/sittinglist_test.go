package meeting

import (
	"slices"
	"testing"
)

// The list shows what belongs together only to those who see more than one of it.
func TestSittingInTheList(t *testing.T) {
	list := []Ref{{ID: "g1", Sitting: "s1", Pos: 3}, {ID: "g2", Sitting: "s2", Pos: 2}, {ID: "g3"}, {ID: "g4", Sitting: "s1", Pos: 1}}
	aloneInList(list)
	if want := []Ref{{ID: "g1", Sitting: "s1", Pos: 2}, {ID: "g2"}, {ID: "g3"}, {ID: "g4", Sitting: "s1", Pos: 1}}; !slices.Equal(list, want) {
		t.Errorf("%+v", list)
	}
}
