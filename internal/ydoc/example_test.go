package ydoc_test

import (
	"fmt"

	"kasane/internal/ydoc"
)

// Two replicas that never meet at the same time hold the same document after they have exchanged what the other lacks.
func Example() {
	office, visit := ydoc.New(), ydoc.New()
	b := ydoc.NewBuilder(office, 1)
	b.TextInsert(office.Define("plan", ydoc.KindText), 0, "毎週の訪問")
	if _, err := visit.Apply(b.Update()); err != nil {
		fmt.Println(err)
		return
	}
	// Both write while the line is down.
	b.TextInsert(office.Root("plan"), 0, "まず、")
	atOffice := b.Update()
	v := ydoc.NewBuilder(visit, 2)
	v.TextInsert(visit.Define("plan", ydoc.KindText), 5, "から始める")
	atVisit := v.Update()
	for _, step := range []struct {
		doc    *ydoc.Doc
		update []byte
	}{{office, atVisit}, {visit, atOffice}} {
		if _, err := step.doc.Apply(step.update); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(office.Root("plan").Text())
	fmt.Println(office.Root("plan").Text() == visit.Root("plan").Text())
	// Output:
	// まず、毎週の訪問から始める
	// true
}

// A replica that comes back says what it has by its state vector and gets exactly the rest.
func ExampleDoc_Encode() {
	server, browser := ydoc.New(), ydoc.New()
	b := ydoc.NewBuilder(server, 1)
	goals := server.Define("goals", ydoc.KindArray)
	b.ArrayPush(goals, "通院を続ける")
	if _, err := browser.Apply(b.Update()); err != nil {
		fmt.Println(err)
		return
	}
	b.ArrayPush(goals, "家計を見直す")
	b.Update()
	missing, err := server.Encode(browser.StateVector())
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := browser.Apply(missing); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", browser.CanonicalJSON())
	// Output: {"goals":{"list":["通院を続ける","家計を見直す"]}}
}

// Before anything changes, Touched says where an update would write, so that a caller can refuse it whole.
func ExampleDoc_Touched() {
	doc, guest := ydoc.New(), ydoc.New()
	b := ydoc.NewBuilder(guest, 7)
	b.MapSet(guest.Define("cells", ydoc.KindMap), "city", "◎")
	touches, err := doc.Touched(b.Update())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range touches {
		fmt.Println(t.Root, t.Path, "by", t.Client)
	}
	fmt.Println(doc.Structs())
	// Output:
	// cells [city] by 7
	// 0
}

// What was written keeps its author: every stretch of a text names the client that wrote it.
func ExampleDoc_Attribute() {
	doc := ydoc.New()
	text := doc.Define("said", ydoc.KindText)
	a := ydoc.NewBuilder(doc, 11)
	a.TextInsert(text, 0, "見守りは")
	a.Update()
	b := ydoc.NewBuilder(doc, 22)
	b.TextInsert(text, 4, "民生委員")
	b.Update()
	stretches, err := doc.Attribute(text, 0, text.Len())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range stretches {
		fmt.Println(s.From, s.To, s.Client)
	}
	// Output:
	// 0 4 11
	// 4 8 22
}
