package sheets

import (
	"fmt"
	"regexp"
	"time"
)

var (
	idForm  = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	sources = map[string]bool{"": true, "case.number": true, "case.openedAt": true, "person.name": true, "person.kana": true,
		"person.sex": true, "person.birth": true}
)

// check holds the data to its rules on every day on which something changes.
func (b *Book) check() error {
	for _, d := range b.forms {
		if d.Title == "" || d.Version == "" || !idForm.MatchString(d.ID) {
			return fmt.Errorf("form %q: id, version and title are needed", d.ID)
		}
	}
	for _, l := range b.lists {
		if err := l.list.check(); err != nil {
			return err
		}
	}
	for i, day := range b.days {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("effective date %q: %w", day, err)
		}
		if err := b.sets[i].check(); err != nil {
			return fmt.Errorf("on %s: %w", day, err)
		}
	}
	return nil
}

func (l CodeList) check() error {
	seen, labels := map[string]bool{}, map[string]bool{}
	for _, c := range l.Codes {
		if c.Code == "" || c.Label == "" || seen[c.Code] || labels[c.Label] {
			return fmt.Errorf("list %s: code %q is empty or twice", l.ID, c.Code)
		}
		seen[c.Code], labels[c.Label] = true, true
	}
	if len(l.Codes) == 0 || l.Title == "" || !idForm.MatchString(l.ID) {
		return fmt.Errorf("list %q: id, title and codes are needed", l.ID)
	}
	return nil
}

func (s Set) check() error {
	seen := map[string]bool{}
	for _, f := range s.flat {
		switch {
		case !idForm.MatchString(f.ID) || f.Label == "":
			return fmt.Errorf("field %q: id and label are needed", f.ID)
		case seen[f.ID] || seen[f.ID+"_other"]:
			return fmt.Errorf("field %s is there twice", f.ID)
		case f.Owner != OwnerPerson && f.Owner != OwnerHousehold:
			return fmt.Errorf("field %s: owner %q", f.ID, f.Owner)
		case !sources[f.From]:
			return fmt.Errorf("field %s: source %q", f.ID, f.From)
		}
		if items, ok := s.List("item"); !ok || items.Label(f.Item) == f.Item {
			return fmt.Errorf("field %s: unknown item %q", f.ID, f.Item)
		}
		seen[f.ID], seen[f.ID+"_other"] = true, true
		if err := s.checkType(f); err != nil {
			return err
		}
	}
	return nil
}

func (s Set) checkType(f Field) error {
	choice := false
	switch f.Type {
	case TypeOne, TypeMulti:
		choice = true
		if _, ok := s.List(f.Codes); !ok {
			return fmt.Errorf("field %s: no list %q", f.ID, f.Codes)
		}
	case TypeText, TypeMemo:
		if f.From == "" && f.Max <= 0 {
			return fmt.Errorf("field %s: a text needs a limit", f.ID)
		}
	case TypeDate, TypeInt, TypeYen, TypePerson, TypeAgency, TypeSig, TypeBool:
	default:
		return fmt.Errorf("field %s: type %q", f.ID, f.Type)
	}
	if !choice && f.Codes != "" {
		return fmt.Errorf("field %s: codes without a choice", f.ID)
	}
	return nil
}
