package web

import (
	"net/http"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// overdue is the red list over all cases: tasks of minutes, terms of roles, 主担当 that was asked for and not answered, つなぎ that wait too long, 中断 after 再開予定日, and フォローアップ.
func (s *server) overdue(w http.ResponseWriter, r *http.Request) error {
	ctx, a, after := r.Context(), access.ActorFrom(r.Context()), r.URL.Query().Get("after")
	var list any
	var err error
	next := ""
	switch r.URL.Query().Get("of") {
	case "", "tasks":
		page, pageErr := s.deps.Meeting.Overdue(ctx, a, after)
		list, err, next = page, pageErr, page.Next
	case "roles":
		page, pageErr := s.deps.Meeting.OverdueRoles(ctx, a, after)
		list, err, next = page, pageErr, page.Next
	case "monitoring":
		page, pageErr := s.deps.Reviews.Overdue(ctx, a, after)
		list, err, next = page, pageErr, page.Next
	case "leads":
		list, err = s.deps.Meeting.WaitingLeads(ctx, a)
	case "pauses":
		list, err = s.deps.Cases.OverduePauses(ctx, a)
	case "followups":
		list, err = s.deps.Cases.OverdueFollowups(ctx, a)
	case "referrals":
		list, err = s.deps.Intake.OverdueReferrals(ctx, a)
	default:
		err = fault.New(fault.Invalid, "一覧の種類を選び直してください。").On("of")
	}
	if err != nil {
		return err
	}
	following(w, r, next)
	return s.reply(w, r, list)
}
