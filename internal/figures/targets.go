package figures

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/sheets"
)

// Target (目標値) of the 重層的支援体制整備事業実施計画 (社会福祉法106条の5) is what a figure is to reach in a 年度.
type Target struct {
	Figure string `json:"figure"`
	Value  int    `json:"value"`
}

// TargetChange changes one: what its writer saw, and what it is to be; nil is none.
type TargetChange struct {
	Figure string `json:"figure"`
	Was    *int   `json:"was"`
	Value  *int   `json:"value"`
}

// Aim (目標を決められる項目) is a figure that can have a target.
type Aim struct {
	Figure     string    `json:"figure"`
	Label      string    `json:"label"`
	Unit       Unit      `json:"unit"`
	Group      string    `json:"group"`
	Programme  Programme `json:"programme"`
	Definition string    `json:"definition"`
	Suggested  bool      `json:"suggested"` // named by the guidelines of the 実施計画
	Value      *int      `json:"value"`
}

// Aims are the targets of a 年度, with every figure that can have one.
type Aims struct {
	Year  int    `json:"year"`
	Name  string `json:"name"`
	Years []int  `json:"years"`
	Aims  []Aim  `json:"aims"`
}

// suggested are what the 実施計画 is advised to measure itself by (社会福祉法施行規則34条の10): 相談受付件数; 対象者数 and 協力事業者数; 拠点, 参加者; and the meetings.
var suggested = []string{"intakes", "plans-new", "layered-held", "outreach-cases", "join-people", "join-places", "place-days", "place-people", "places-opened"}

// mostTarget bounds a target.
const mostTarget = 1_000_000

// aims are the figures that can have a target, without values.
func aims() (out []Aim) {
	t := Count(firstYear, time.Time{}, nil, nil, nil, nil)
	t.AddArea(Area{})
	t.AddIntakes(sheets.Set{}, nil, nil)
	for _, g := range t.Groups {
		for _, f := range g.Figures {
			if !f.Office {
				out = append(out, Aim{Figure: f.ID, Label: f.Label, Unit: f.Unit, Group: g.Title, Programme: g.Programme, Definition: f.Definition, Suggested: slices.Contains(suggested, f.ID)})
			}
		}
	}
	return out
}

// aimYear checks a 年度 that can have targets: those that are counted, and the next.
func (s *Service) aimYear(year int) error {
	running := jptime.DateOf(s.now()).FiscalYear()
	if year < firstYear || year > running+1 {
		return fault.Newf(fault.Invalid, "年度は、%sから%sまでの中で選んでください。", jptime.FiscalYearName(firstYear), jptime.FiscalYearName(running+1)).On("year")
	}
	return nil
}

// Aims gives the targets of a 年度; 0 is the one that runs.
func (s *Service) Aims(ctx context.Context, actor access.Actor, year int) (Aims, error) {
	running := jptime.DateOf(s.now()).FiscalYear()
	if year == 0 {
		year = running
	}
	if err := s.aimYear(year); err != nil {
		return Aims{}, err
	}
	list, err := s.store.FigureTargets(ctx, actor.Tenant, year)
	if err != nil {
		return Aims{}, fmt.Errorf("targets: %w", err)
	}
	out := Aims{Year: year, Name: jptime.FiscalYearName(year), Aims: aims()}
	for y := running + 1; y >= firstYear; y-- {
		out.Years = append(out.Years, y)
	}
	for i, a := range out.Aims {
		if at := slices.IndexFunc(list, func(t Target) bool { return t.Figure == a.Figure }); at >= 0 {
			out.Aims[i].Value = &list[at].Value
		}
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(s.now(), access.VerbFigures, fmt.Sprintf("%d targets", year)))
}

// SetTargets changes targets of a 年度. Conflict: somebody changed one of them first.
func (s *Service) SetTargets(ctx context.Context, actor access.Actor, year int, changes []TargetChange) error {
	if err := access.Require(actor, access.ActFigures); err != nil {
		return err
	}
	if err := s.aimYear(year); err != nil {
		return err
	}
	if len(changes) == 0 {
		return fault.New(fault.Invalid, "変わった目標がありません。数を入れてから保存してください。").On("targets")
	}
	known := aims()
	for i, c := range changes {
		at := slices.IndexFunc(known, func(a Aim) bool { return a.Figure == c.Figure })
		switch {
		case at < 0, slices.ContainsFunc(changes[:i], func(x TargetChange) bool { return x.Figure == c.Figure }):
			return fault.New(fault.Invalid, "目標を決める項目を選び直してください。").On("targets")
		case c.Value != nil && (*c.Value < 0 || *c.Value > mostTarget):
			return fault.Newf(fault.Invalid, "「%s」の目標は、0から%dまでの数で入れてください。", known[at].Label, mostTarget).On("target-" + c.Figure)
		}
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	if err := s.store.SaveTargets(ctx, actor, year, changes, now, actor.Audit(now, access.VerbFiguresTarget, fmt.Sprint(year))); err != nil {
		return fmt.Errorf("targets: %w", err)
	}
	return nil
}

// AddTargets puts the targets beside the figures, with how much of each is reached.
func (t *Table) AddTargets(list []Target) {
	for _, x := range list {
		for g := range t.Groups {
			for i, f := range t.Groups[g].Figures {
				if f.ID != x.Figure || f.Office {
					continue
				}
				t.Groups[g].Figures[i].Target = &x.Value
				if f.Year != nil && x.Value > 0 {
					rate := int(math.Floor(*f.Year / float64(x.Value) * 100))
					t.Groups[g].Figures[i].Rate = &rate
				}
			}
		}
	}
}
