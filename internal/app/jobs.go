package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/files"
	"kasane/internal/imports"
	"kasane/internal/jobs"
	"kasane/internal/jptime"
	"kasane/internal/web"
)

// openJobs wires the work in the background (処理).
func openJobs(h *house, towns *files.Towns, in *imports.Service) *jobs.Service {
	works := map[jobs.Kind]jobs.Work{
		jobs.KindImport:    {Do: importing(in)},
		jobs.KindPackage:   {Do: packing(h.archive), Give: givePackage(h.archive)},
		jobs.KindVerify:    {Do: verifying(h.archive), Give: giveReport},
		jobs.KindCheck:     {Do: checking(h.archive)},
		jobs.KindRetention: {Do: retaining(h.archive)},
	}
	return jobs.New(h.store, jobSeal{towns}, h.identity, works, jobs.Options{Node: h.self, Keep: time.Duration(h.cfg.JobDays) * 24 * time.Hour, Log: h.log, Now: h.now})
}

// jobSeal seals what jobs are given and make with the key of their municipality.
type jobSeal struct{ towns *files.Towns }

// Seal implements jobs.Seal.
func (s jobSeal) Seal(ctx context.Context, tenant, place string, plain []byte) ([]byte, error) {
	ring, err := s.towns.RingOf(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return ring.SealSecret(tenant+"\x00"+place, plain), nil
}

// Open implements jobs.Seal.
func (s jobSeal) Open(ctx context.Context, tenant, place string, sealed []byte) ([]byte, error) {
	ring, err := s.towns.RingOf(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return ring.OpenSecret(tenant+"\x00"+place, sealed)
}

// importing takes a list of cases in. Given are the order and the file.
func importing(in *imports.Service) func(context.Context, *jobs.Run) (string, error) {
	return func(ctx context.Context, r *jobs.Run) (string, error) {
		said, err := r.Given(ctx, 0)
		if err != nil {
			return "", err
		}
		var o web.ImportOrder
		if err := json.Unmarshal(said, &o); err != nil {
			return "", err
		}
		content, err := r.Given(ctx, 1)
		if err != nil {
			return "", err
		}
		b, err := in.DoInParts(ctx, r.Actor, imports.File{Name: o.Name, Bytes: content}, o.Order, r.Job.MadeAt, r.Progress)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%d件のケースを取り込みました。", b.Made), nil
	}
}

// packing makes the transfer package of a 年度.
func packing(a *archive.Service) func(context.Context, *jobs.Run) (string, error) {
	return func(ctx context.Context, r *jobs.Run) (string, error) {
		var in web.PackageOrder
		if err := r.Asked(&in); err != nil {
			return "", err
		}
		o, err := a.Transfer(ctx, r.Actor, in.Year)
		if err != nil {
			return "", err
		}
		p, err := o.Keep(ctx, r.Job.MadeAt, r.Put, r.Progress)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%d年度の文書 %d件を書き出しました。", in.Year, p.Records), nil
	}
}

func givePackage(a *archive.Service) func(context.Context, access.Actor, *jobs.Made) (jobs.Result, error) {
	return func(ctx context.Context, who access.Actor, m *jobs.Made) (jobs.Result, error) {
		p, err := a.Stored(ctx, who, m.Part)
		if err != nil {
			return jobs.Result{}, err
		}
		return jobs.Result{Name: p.Name, Type: "application/zip", Write: p.Write}, nil
	}
}

// verifying looks whether everything sealed is as it was.
func verifying(a *archive.Service) func(context.Context, *jobs.Run) (string, error) {
	return func(ctx context.Context, r *jobs.Run) (string, error) {
		rep, err := a.VerifyWatched(ctx, r.Actor, func(n int) { r.Progress(0, n) }, r.Step)
		if err != nil {
			return "", err
		}
		b, err := json.Marshal(rep)
		if err != nil {
			return "", err
		}
		return found(rep.Checked, len(rep.Problems)), r.Put(ctx, b)
	}
}

func giveReport(ctx context.Context, _ access.Actor, m *jobs.Made) (jobs.Result, error) {
	b, err := m.Part(ctx, 0)
	if err != nil {
		return jobs.Result{}, err
	}
	return jobs.Result{Type: "application/json; charset=utf-8", Write: func(_ context.Context, begin func() io.Writer) error {
		_, err := begin().Write(b)
		return err
	}}, nil
}

// found says in words what a verification found.
func found(checked, problems int) string {
	if problems == 0 {
		return fmt.Sprintf("確定文書 %d件を確かめました。すべて確定時のままです。", checked)
	}
	return fmt.Sprintf("確定文書 %d件を確かめました。問題が%d件あります。「記録の保管」で確かめてください。", checked, problems)
}

// checking is the pass of the night over everything sealed.
func checking(a *archive.Service) func(context.Context, *jobs.Run) (string, error) {
	return func(ctx context.Context, r *jobs.Run) (string, error) {
		c, err := a.CheckNow(ctx, r.Job.Tenant, r.Job.MadeAt, func(n int) { r.Progress(0, n) }, r.Step)
		return found(c.Checked, len(c.Problems)), err
	}
}

// retaining counts what may be disposed of; nothing goes by itself.
func retaining(a *archive.Service) func(context.Context, *jobs.Run) (string, error) {
	return func(ctx context.Context, r *jobs.Run) (string, error) {
		over, held, err := a.Ended(ctx, r.Job.Tenant)
		if err != nil {
			return "", err
		}
		r.Progress(over, over)
		if over == 0 {
			return "保存期間の満了した文書はありません。", nil
		}
		said := fmt.Sprintf("保存期間の満了した文書が%d件あります。", over)
		if held > 0 {
			said += fmt.Sprintf("うち%d件は廃棄を止めています。", held)
		}
		return said + "廃棄するには「記録の保管」で起案します。", nil
	}
}

// nights puts the work of the night into the queue when it is due. However many nodes ask for it, a job of one name is one job.
func (h *house) nights(ctx context.Context) error {
	due, err := h.archive.ChecksDue(ctx, h.started)
	if err != nil {
		return err
	}
	hour := h.now().In(jptime.JST).Format("2006010215")
	for _, tenant := range due {
		for _, k := range []jobs.Kind{jobs.KindCheck, jobs.KindRetention} {
			if err := h.jobs.Enqueue(ctx, tenant, string(k)+"-"+hour, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// reminded notes the mails of a morning among the runs.
func (h *house) reminded(ctx context.Context, tenant, day string, begun time.Time, mails int) error {
	return h.jobs.Note(ctx, tenant, string(jobs.KindReminders)+"-"+day, jobs.KindReminders, begun, mails, fmt.Sprintf("朝のお知らせのメールを%d通用意しました。", mails))
}
