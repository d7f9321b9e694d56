package jobs

import (
	"context"
	"io"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// shown is how many jobs are listed.
const shown = 100

// View is a job as a screen shows it.
type View struct {
	ID         string     `json:"id"`
	Kind       Kind       `json:"kind"`
	KindLabel  string     `json:"kindLabel"`
	State      State      `json:"state"`
	StateLabel string     `json:"stateLabel"`
	Mine       bool       `json:"mine"`
	Self       bool       `json:"self"` // nobody asked for it
	MadeAt     time.Time  `json:"madeAt"`
	StartedAt  *time.Time `json:"startedAt"`
	BeatAt     *time.Time `json:"beatAt"`
	EndedAt    *time.Time `json:"endedAt"`
	Done       int        `json:"done"`
	Total      int        `json:"total"` // 0: not known
	Again      bool       `json:"again"` // it was taken up after its worker was lost
	Stopping   bool       `json:"stopping"`
	Said       string     `json:"said"`
	Trouble    string     `json:"trouble"`
	MayStop    bool       `json:"mayStop"`
	MayFetch   bool       `json:"mayFetch"`
}

func viewOf(a access.Actor, j Job) View {
	v := View{ID: j.ID, Kind: j.Kind, KindLabel: j.Kind.Label(), State: j.State, StateLabel: j.State.Label(), Mine: j.By == a.UserID, Self: j.By == "", MadeAt: j.MadeAt, StartedAt: j.StartedAt,
		BeatAt: j.BeatAt, EndedAt: j.EndedAt, Done: j.Done, Total: j.Total, Again: j.Turn > 1 && j.State == StateRunning, Stopping: j.Stop && !j.State.Over(), Said: j.Said, Trouble: j.Trouble}
	v.MayStop = !j.State.Over() && !j.Stop && j.By != ""
	v.MayFetch = v.Mine && j.Fetch && !a.NoCopies && access.Can(a, kinds[j.Kind].action)
	return v
}

// sees tells whether somebody may look at a job: who asked for it, and who may do this work.
func sees(a access.Actor, j Job) bool {
	return access.Can(a, access.ActJobs) && (j.By == a.UserID || access.Can(a, kinds[j.Kind].action))
}

// List returns the newest jobs the actor may look at.
func (s *Service) List(ctx context.Context, a access.Actor) ([]View, error) {
	if err := access.Require(a, access.ActJobs); err != nil {
		return nil, err
	}
	list, err := s.store.Jobs(ctx, a.Tenant, shown)
	if err != nil {
		return nil, err
	}
	out := []View{}
	for _, j := range list {
		if sees(a, j) {
			out = append(out, viewOf(a, j))
		}
	}
	return out, nil
}

// Get returns one.
func (s *Service) Get(ctx context.Context, a access.Actor, id string) (View, error) {
	j, err := s.job(ctx, a, id)
	if err != nil {
		return View{}, err
	}
	return viewOf(a, j), nil
}

func (s *Service) job(ctx context.Context, a access.Actor, id string) (Job, error) {
	if err := access.Require(a, access.ActJobs); err != nil {
		return Job{}, err
	}
	j, err := s.store.Job(ctx, a.Tenant, id)
	if err == nil && !sees(a, j) {
		err = fault.New(fault.NotFound, "")
	}
	return j, err
}

// Stop (取消) ends a job somebody asked for; what it did stays.
func (s *Service) Stop(ctx context.Context, a access.Actor, id string) (View, error) {
	j, err := s.job(ctx, a, id)
	if err != nil {
		return View{}, err
	}
	if j.By == "" {
		return View{}, fault.New(fault.Conflict, "自動で行う処理は、取り消せません。")
	}
	now := s.now()
	e := a.Audit(now, access.VerbJobStop, j.ID)
	e.Reason = string(j.Kind)
	if j, err = s.store.StopJob(ctx, a.Tenant, id, now, e); err != nil {
		return View{}, err
	}
	return viewOf(a, j), nil
}

// Result is something on its way to who asked for it.
type Result struct {
	Name  string // of the file
	Type  string // of its content
	Write func(ctx context.Context, begin func() io.Writer) error
}

// Fetch gives the result of a job to who asked for it, as long as they may do this work.
func (s *Service) Fetch(ctx context.Context, a access.Actor, id string) (Result, error) {
	j, err := s.job(ctx, a, id)
	if err != nil {
		return Result{}, err
	}
	give := s.works[j.Kind].Give
	switch {
	case j.By != a.UserID:
		return Result{}, fault.New(fault.NotFound, "")
	case a.NoCopies:
		return Result{}, fault.New(fault.Forbidden, "")
	case !j.Fetch || give == nil:
		return Result{}, fault.New(fault.NotFound, "受け取るものがありません。処理が終わっていないか、期限が過ぎています。")
	}
	if err := access.Require(a, kinds[j.Kind].action); err != nil {
		return Result{}, err
	}
	e := a.Audit(s.now(), access.VerbJobFetch, j.ID)
	e.Reason = string(j.Kind)
	if err := s.store.AppendAudit(ctx, e); err != nil {
		return Result{}, err
	}
	return give(ctx, a, &Made{s: s, Job: j})
}
