package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/fault"
	"kasane/internal/meeting"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
)

// sealContent seals one more paper whose content is given, as the next version.
func sealContent(ctx context.Context, t testing.TB, w storetest.World, id, meetingID string, version int, contents ...any) {
	t.Helper()
	m, err := w.Store.MeetingByID(ctx, access.ScopeOf(w.Holder), meetingID)
	if err != nil {
		t.Fatal(err)
	}
	c := meeting.Change{Tenant: tenant, MeetingID: meetingID, Expect: m.Seq, Meeting: m, Audit: w.Entry(id, access.VerbMeetingAct)}
	for i, content := range contents {
		raw, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		p := paper(meeting.PaperPlan, version+i, id)
		p.Content, p.ContentSHA256 = raw, archive.Sum(raw)
		c.Seal = append(c.Seal, p)
	}
	if _, err := w.Store.RecordMeeting(ctx, c); err != nil {
		t.Fatal(err)
	}
}

// The words inside of a record are found, whatever the variant of a letter, by any part down to one letter; ids and hashes are no words; whoever is
// kept from the case, another municipality and who has no business in the archive find nothing.
func TestSearchInside(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		sealContent(ctx, t, w, "in1", "g1", 7, map[string]any{"id": "01ABCDEFGHJKMNPQRSTVWXYZ00", "needs": []any{map[string]string{"text": "ゴミの片付けを手伝う。渡邉\U000E0100さんは髙い棚"}, "服薬ｶﾚﾝﾀﾞｰ"}})
		sealContent(ctx, t, w, "in2", "g1", 8, map[string]any{"text": "家計の相談"})
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		find := func(q string) int {
			t.Helper()
			got, err := linesOf(svc.Search(ctx, w.Holder, archive.Filter{Text: q}))
			if err != nil {
				t.Fatal(err)
			}
			return len(got)
		}
		for q, want := range map[string]int{"片付け": 1, "渡辺さん": 1, "高い棚": 1, "カレンダー": 1, "ごみ": 1, "家計": 1, "の": 2, "01ABCDEFGHJK": 0, "needs": 0, "相談の": 0, "g1": 0, "in2": 1, "片付けを手伝う。渡邉": 1} {
			if got := find(q); got != want {
				t.Errorf("%q: %d found, want %d", q, got, want)
			}
		}
		for _, sc := range []access.Scope{{}, access.ScopeOf(w.Member), {Tenant: "m9", Archive: true}, {Tenant: tenant, All: true}, {Tenant: tenant, AgencyID: "a2", MeetingID: "g1"}} {
			if got, err := s.ArchiveRecords(ctx, sc, archive.Query{Text: "家計"}); err != nil || len(got) != 0 {
				t.Errorf("%+v finds %+v %v", sc, got, err)
			}
		}
		if err := store.Exec(ctx, s, `INSERT INTO case_bar (tenant, case_id, user_id, reason, at, by_user) VALUES ($1, 'c1', $2, 'x', 1, 'u9')`, tenant, w.Holder.UserID); err != nil {
			t.Fatal(err)
		}
		if got := find("家計"); got != 0 {
			t.Errorf("who is kept from the case finds %d", got)
		}
	})
}

// linesOf is what a page holds.
func linesOf(p archive.Page, err error) ([]archive.Line, error) { return p.Lines, err }

// Whatever is searched for, the index finds exactly what a look into every text finds.
func TestSearchAgreesWithAPlainLook(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		r := rand.New(rand.NewPCG(11, 4))
		letters := []rune("あいうかき支援会議家計の、。12aB髙")
		word := func(n int) string {
			out := make([]rune, n)
			for i := range out {
				out[i] = letters[r.IntN(len(letters))]
			}
			return string(out)
		}
		var texts []string
		for i := range 30 {
			texts = append(texts, word(1+r.IntN(200)))
			sealContent(ctx, t, w, fmt.Sprint("r", i), "g1", i+10, map[string]string{"x": texts[i]})
		}
		fold := func(q string) int {
			n := 0
			for _, x := range texts {
				if strings.Contains(strings.ToLower(strings.ReplaceAll(x, "髙", "高")), q) {
					n++
				}
			}
			return n
		}
		for range 60 {
			q := strings.ToLower(strings.ReplaceAll(word(1+r.IntN(4)), "髙", "高"))
			if strings.ContainsAny(q, "、。") { // the fold drops nothing else of these letters
				continue
			}
			got, err := s.ArchiveRecords(ctx, access.ScopeOf(w.Holder), archive.Query{Text: q})
			inName := 0
			for _, x := range got {
				if !strings.Contains(strings.ToLower(texts[x.Version-10]), strings.ReplaceAll(q, "高", "髙")) && !strings.Contains(strings.ReplaceAll(strings.ToLower(texts[x.Version-10]), "髙", "高"), q) {
					inName++ // by number, title or file name
				}
			}
			if err != nil || len(got)-inName != fold(q) {
				t.Errorf("%q: %d found, %d hold it %v", q, len(got)-inName, fold(q), err)
			}
		}
	})
}

// A long list comes page by page, each record once, searched or not, whatever was sealed meanwhile.
func TestArchiveInPages(t *testing.T) {
	world(t, func(ctx context.Context, t *testing.T, w storetest.World, s *store.Store) {
		var batch []any
		for i := range 230 {
			batch = append(batch, map[string]string{"text": fmt.Sprint("家計の記録", i)})
		}
		sealContent(ctx, t, w, "page", "g1", 100, batch...)
		svc := archive.NewService(s, (&storetest.Clock{}).Now)
		for name, ask := range map[string]func(after string) (archive.Page, error){
			"list": func(after string) (archive.Page, error) { return svc.List(ctx, w.Holder, archive.Filter{After: after}) },
			"search": func(after string) (archive.Page, error) {
				return svc.Search(ctx, w.Holder, archive.Filter{Text: "家計の記録", After: after})
			},
		} {
			seen, after := map[string]bool{}, ""
			for n := 0; ; n++ {
				p, err := ask(after)
				if err != nil || n > 2 {
					t.Fatal(name, n, err)
				}
				for _, l := range p.Lines {
					if l.ID != "" && seen[l.ID] {
						t.Errorf("%s: %s twice", name, l.ID)
					}
					seen[l.ID] = true
				}
				if n == 0 {
					sealContent(ctx, t, w, name+" later", "g1", 500+len(name), map[string]string{"text": "家計の記録の後"})
				}
				if after = p.Next; after == "" {
					break
				}
				if len(p.Lines) < 100 {
					t.Errorf("%s: page %d has %d", name, n, len(p.Lines))
				}
			}
			if len(seen) < 230 {
				t.Errorf("%s: %d records", name, len(seen))
			}
		}
		if _, err := svc.List(ctx, w.Holder, archive.Filter{After: "x"}); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}

// BenchmarkSearch: 10,000 sealed records of 4,000 letters each.
func BenchmarkSearch(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			ctx := context.Background()
			s, _ := storetest.Open(b, engine)
			w := storetest.NewWorld(b, s, tenant)
			const records = 10_000
			r := rand.New(rand.NewPCG(1, 2))
			base := []rune(strings.Repeat("支援会議では本人の希望を聞き家族の暮らしと健康について各機関が役割を分担することを確認した。次回までに窓口へ同行し申請を手伝う。", 4))
			begun := time.Now()
			var batch []any
			for i := range records {
				body := make([]rune, 0, 4000)
				for len(body) < 4000 {
					at := r.IntN(len(base) - 12)
					body = append(body, base[at:at+12]...)
					body = append(body, rune(0x4e00+r.IntN(6000)))
				}
				content := map[string]string{"text": string(body)}
				if i%1000 == 500 {
					content["mark"] = "希少なことば"
				}
				if batch = append(batch, content); len(batch) == 200 {
					sealContent(ctx, b, w, fmt.Sprint("b", i), "g1", i-198, batch...)
					batch = nil
				}
			}
			b.Logf("%d records sealed in %s", records, time.Since(begun).Round(time.Second))
			for name, q := range map[string]struct {
				text string
				want int
			}{"rare": {"希少なことば", 10}, "common": {"役割を分担", 500}, "none": {"存在しない語句", 0}, "letter": {"窓", 500}, "pair": {"鬱龠", -1}} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						got, err := s.ArchiveRecords(ctx, access.ScopeOf(w.Holder), archive.Query{Text: q.text})
						if err != nil || q.want >= 0 && len(got) != q.want {
							b.Fatal(len(got), err)
						}
					}
				})
			}
			b.Run("verify", func(b *testing.B) {
				for b.Loop() {
					if rep, err := archive.Verify(ctx, s, tenant, storetest.Trust()); err != nil || !rep.OK || rep.Checked != records {
						b.Fatal(rep, err)
					}
				}
			})
		})
	}
}
