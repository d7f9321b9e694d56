package rehearsal

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/meeting"
	"kasane/internal/plans"
)

// desk is the login of 事務局, who keeps the record of the practice.
const desk = "jimukyoku"

// players are the logins of the agencies that are played.
var players = []string{"houkatsu", "csw", "hokenjo", "jiritsu"}

// Rows of the practice plan.
const (
	rowNeed  = "rehearsalneed"
	rowGoal  = "rehearsalgoal"
	rowVisit = "rehearsalvisit"
	rowMoney = "rehearsalmoney"
)

// cue is something somebody does a while after its moment has come.
type cue struct {
	key   string
	after time.Duration
	do    func(ctx context.Context, s *stage) error
}

func agenda() []*meeting.AgendaItem {
	return []*meeting.AgendaItem{{Title: "見守りと役割分担", Purpose: meeting.PurposePolicy, Kind: meeting.AgendaNew, Point: "だれが主担当になるか。支払いの整理をだれが担うか。", Item: consent.ItemBasic, Minutes: 30}}
}

// spoken is what each agency says in the round, as the recorder writes it down.
var spoken = map[string]string{
	"houkatsu": "月2回の訪問はできる。夜間は難しい。金銭のことは他の機関にお願いしたい。",
	"csw":      "お茶の会に誘える。送り迎えは約束できない。訪問のときの様子を教えてほしい。",
	"hokenjo":  "健診の案内はできる。頻繁な訪問は難しい。体調の変化を知らせてほしい。",
	"jiritsu":  "支払いの整理を一緒にできる。通帳を預かることはできない。本人との顔合わせに同席してほしい。",
}

// play lists the cues whose moment has come.
func play(s *stage) []cue {
	switch s.room.Status {
	case meeting.StatusReception:
		return arrivals(s)
	case meeting.StatusOpen:
		return slices.Concat(arrivals(s), talk(s), work(s), feelings(s))
	case meeting.StatusAgreeing:
		return answers(s)
	case meeting.StatusClosed, meeting.StatusConfirming:
		return afterwards(s)
	}
	return nil
}

// arrivals: one after the other comes in, one of them from afar and late.
func arrivals(s *stage) []cue {
	var out []cue
	for i, login := range append([]string{desk}, players...) {
		by, form := s.as(login), meeting.FormRoom
		if login == "hokenjo" {
			form = meeting.FormRemote
		}
		if !s.here(by) {
			out = append(out, cue{"enter/" + login, time.Duration(2+3*i) * time.Second, func(ctx context.Context, s *stage) error { return s.enter(ctx, by, form) }})
		}
	}
	return out
}

// talk: a hand is raised, and the recorder writes down what is said in the round.
func talk(s *stage) []cue {
	var out []cue
	csw := s.as("csw")
	if s.room.Phase == meeting.PhaseSharing {
		out = append(out, cue{"hand/csw", 8 * time.Second, func(ctx context.Context, s *stage) error {
			return s.act(ctx, csw, meeting.ActHand, map[string]any{"up": true, "kind": "ask"})
		}})
	}
	if s.room.Floor == csw.AgencyID {
		out = append(out, cue{"hand down/csw", 6 * time.Second, func(ctx context.Context, s *stage) error {
			return s.act(ctx, csw, meeting.ActHand, map[string]any{"up": false})
		}})
	}
	for i, login := range players {
		by := s.as(login)
		if s.speaking(by) {
			out = append(out, cue{"speech/" + login, 2 * time.Second, func(ctx context.Context, s *stage) error {
				return s.minutes(ctx, "speech", "rehearsal"+login, i, map[string]any{"agency": by.AgencyID}, spoken[login])
			}})
		}
	}
	return out
}

// work: agencies write into their cells and answer them when roles are dealt out.
func work(s *stage) []cue {
	var out []cue
	csw, jiritsu := s.as("csw"), s.as("jiritsu")
	if s.room.Phase == meeting.PhaseGoals {
		out = append(out,
			cue{"cell/csw", 4 * time.Second, func(ctx context.Context, s *stage) error {
				return s.cell(ctx, csw, rowVisit, map[string]any{"code": "main", "freq": "週1回"}, "content", "お茶の会に誘い、最初の3回は一緒に行く。")
			}},
			cue{"note/hokenjo", 12 * time.Second, func(ctx context.Context, s *stage) error {
				return s.act(ctx, s.as("hokenjo"), meeting.ActNote, map[string]any{"kind": "park", "text": "健診の結果をだれに知らせるか。", "item": consent.ItemBasic})
			}})
	}
	if s.room.Phase != meeting.PhaseRoles {
		return out
	}
	return append(out,
		cue{"role/houkatsu", 6 * time.Second, func(ctx context.Context, s *stage) error {
			return s.accept(ctx, s.as("houkatsu"), plans.AnswerAccept, "")
		}},
		cue{"role/csw", 9 * time.Second, func(ctx context.Context, s *stage) error {
			return s.accept(ctx, csw, plans.AnswerConditional, "送り迎えは、家族かボランティアが見つかるまで。")
		}},
		cue{"lead/jiritsu", 14 * time.Second, func(ctx context.Context, s *stage) error { // 主担当 is taken on by who offered it
			return s.cell(ctx, jiritsu, rowMoney, map[string]any{"code": "lead", "freq": "月1回", "due": s.Now().AddDate(0, 3, 0).Format(time.DateOnly)}, "limits", "通帳は預からない。")
		}},
		cue{"role/jiritsu", 26 * time.Second, func(ctx context.Context, s *stage) error { return s.accept(ctx, jiritsu, plans.AnswerAccept, "") }})
}

// feelings: 感触確認, when the chair asks for it.
func feelings(s *stage) []cue {
	if s.room.Sense == nil || s.room.Sense.Over {
		return nil
	}
	var out []cue
	for i, login := range append([]string{desk}, players...) {
		by, feel, note := s.as(login), "good", ""
		if login == "csw" {
			feel, note = "mind", "送り迎えのことが決まっていない。"
		}
		key := fmt.Sprintf("sense/%d/%s", s.room.Sense.At.UnixMicro(), login)
		out = append(out, cue{key, time.Duration(3+2*i) * time.Second, func(ctx context.Context, s *stage) error {
			return s.act(ctx, by, meeting.ActSenseAnswer, map[string]any{"feel": feel, "note": note})
		}})
	}
	return out
}

// objection is what 社協CSW says the first time agreement is asked for: the chair learns what to do with it.
const objection = "お茶の会への送り迎えが決まらないまま、週1回と書くことはできない。"

// answers: all agree but one; asked again, that one does, too.
func answers(s *stage) []cue {
	var out []cue
	for i, login := range append([]string{desk}, players...) {
		by := s.as(login)
		if !s.missing(by) {
			continue
		}
		answer, reason := meeting.AnswerAgree, ""
		if login == "csw" && s.round() == 1 {
			answer, reason = meeting.AnswerObject, objection
		}
		key := fmt.Sprintf("answer/%d/%s", s.round(), login)
		out = append(out, cue{key, time.Duration(4+3*i) * time.Second, func(ctx context.Context, s *stage) error { return s.answer(ctx, by, answer, reason) }})
	}
	return out
}

// afterwards: the minutes are to be confirmed; one asks for a correction, then all confirm.
func afterwards(s *stage) []cue {
	if s.room.Status == meeting.StatusClosed {
		return []cue{{fmt.Sprintf("propose/%d", s.room.Minutes.Version), 20 * time.Second, func(ctx context.Context, s *stage) error {
			return s.act(ctx, s.as(desk), meeting.ActPropose, map[string]any{"until": s.Now().AddDate(0, 0, 7).Format(time.DateOnly)})
		}}}
	}
	hash := s.room.Minutes.Hash
	out := []cue{{"suggest/csw", 5 * time.Second, func(ctx context.Context, s *stage) error {
		return s.act(ctx, s.as("csw"), meeting.ActSuggest, map[string]any{"hash": hash, "where": "発言要旨（社協CSW）", "text": "「約束できない」を「今は約束できない」に直してほしい", "reason": "",
			"personId": "", "item": consent.ItemBasic})
	}}}
	for i, login := range append([]string{desk}, players...) {
		by := s.as(login)
		if !waiting(s, by) {
			continue
		}
		out = append(out, cue{fmt.Sprintf("confirm/%s/%s", hash, login), time.Duration(8+2*i) * time.Second, func(ctx context.Context, s *stage) error {
			return s.act(ctx, by, meeting.ActConfirm, map[string]any{"hash": hash, "ok": true})
		}})
	}
	return out
}

// waiting tells whether the minutes wait for somebody's agency.
func waiting(s *stage, by access.Actor) bool {
	return slices.Contains(s.room.Minutes.Waiting, by.AgencyID)
}
