//go:build unix

package web

import (
	"fmt"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// scaled is one question of the measure: who asks, and what the limit is.
type scaled struct {
	name  string
	by    *browser
	ask   func(b *browser, i int) answer
	limit time.Duration
	each  int
}

// fewCases is the size at which the questions are only asked, on every run of the tests: times are measured, and held to their limits, with KASANE_SCALE=20000.
const fewCases = 100

// TestScale (規模の測定) asks a municipality of many cases what its people ask all day, and prints how long the answers take. KASANE_SCALE=cases, KASANE_SCALE_ONLY=part of
// a name. Without KASANE_SCALE each question is asked once of a small one, whatever time it takes.
func TestScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("KASANE_SCALE"))
	if err != nil {
		n = fewCases
	}
	s := &scene{house: settled(t)}
	s.template()
	begun := time.Now()
	s.grow(n)
	fmt.Printf("filled in %v: %s\n", time.Since(begun).Round(time.Second), s.sizes())
	debug.FreeOSMemory()
	fmt.Printf("resident when filled: %d MB\n\n", resident(t))
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak counts from here on
	fmt.Println("| | asked of p99 | p50 | p99 | CPU each | |\n| --- | --- | --- | --- | --- | --- |")
	for _, q := range s.questions() {
		if strings.Contains(q.name, os.Getenv("KASANE_SCALE_ONLY")) {
			if n <= fewCases {
				q.each, q.limit = 1, time.Hour
			}
			s.measure(t, q)
		}
	}
	peak := status(t, "VmHWM")
	fmt.Printf("| memory of the process, at most | 300 MB | %d MB | | | %s |\n", peak, met(peak <= 300))
	if peak > 300 {
		t.Errorf("%d MB", peak)
	}
}

func met(ok bool) string {
	if ok {
		return "met"
	}
	return "**missed**"
}

// measure asks a question again and again, the first time apart: it may read what the others find read.
func (s *scene) measure(t *testing.T, q scaled) {
	t.Helper()
	var took []time.Duration
	size, worked := 0, cpu(t)
	for i := range q.each {
		s.clock.Advance(2 * time.Second) // the pace of a session
		at := time.Now()
		a := q.ask(q.by, i)
		took = append(took, time.Since(at))
		if a.status != http.StatusOK {
			t.Fatalf("%s: %d %.300s", q.name, a.status, a.body)
		}
		size = len(a.body)
	}
	worked = (cpu(t) - worked) / time.Duration(q.each)
	slices.Sort(took)
	p50, p99 := took[len(took)/2], took[min(len(took)-1, len(took)*99/100)]
	fmt.Printf("| %s (%d kB) | %d ms | %.1f ms | %.1f ms | %.1f ms | %s |\n", q.name, size/1000, q.limit.Milliseconds(), ms(p50), ms(p99), ms(worked), met(p99 <= q.limit))
	if p99 > q.limit {
		t.Errorf("%s: %v", q.name, p99)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (s *scene) questions() []scaled {
	const list, search, report = 100 * time.Millisecond, 200 * time.Millisecond, 2 * time.Second
	get := func(path string) func(*browser, int) answer {
		return func(b *browser, _ int) answer { return b.get(path) }
	}
	find := func(body map[string]any) func(*browser, int) answer {
		return func(b *browser, _ int) answer { return b.post("/api/cases/search", body) }
	}
	q := func(words string) func(*browser, int) answer { return find(map[string]any{"q": words}) }
	return []scaled{
		{"ケース一覧, first page", s.desk, get("/api/cases"), list, 60},
		{"ケース一覧, a page deep inside", s.desk, get("/api/cases?after=K2022-5000"), list, 60},
		{"ケース一覧, one stage", s.desk, find(map[string]any{"stage": "supporting"}), list, 60},
		{"ケース一覧, one stage and one agency", s.desk, find(map[string]any{"stage": "supporting", "agency": s.welfare.ID}), list, 60},
		{"ケース一覧 of an agency that is in one of forty", s.agency, get("/api/cases"), list, 60},
		{"ケース一覧 of an agency that is in none", s.as("stranger"), get("/api/cases"), list, 60},
		{"会議一覧", s.desk, get("/api/meetings"), list, 60},
		{"会議一覧 of an agency", s.agency, get("/api/meetings"), list, 60},
		{"受付一覧", s.desk, get("/api/intakes"), list, 60},
		{"参加支援の状況", s.desk, get("/api/joinings"), list, 30},
		{"同意の期限", s.desk, get("/api/consents/ending"), list, 30},
		{"search: a name many have", s.desk, q("佐藤"), search, 60},
		{"search: a full name", s.desk, q("長谷川 久美子"), search, 60},
		{"search: a reading", s.desk, q("はせがわ"), search, 60},
		{"search: one letter", s.desk, q("森"), search, 60},
		{"search: a number", s.desk, q("2023-1000"), search, 60},
		{"search: nothing there", s.desk, q("存在しない名前"), search, 60},
		{"search of an agency: a number", s.agency, q("2023-1000"), search, 60},
		{"records: a phrase in all of them", s.desk, func(b *browser, _ int) answer {
			return b.post("/api/archive/search", map[string]any{"q": "支援会議"})
		}, search, 20},
		{"records: a phrase in none", s.desk, func(b *browser, _ int) answer {
			return b.post("/api/archive/search", map[string]any{"q": "どこにもない言葉"})
		}, search, 20},
		{"集計 of the 年度", s.desk, get("/api/figures"), report, 20},
		{"集計 of an earlier 年度", s.desk, get("/api/figures?year=2024"), report, 20},
		{"集計 as a table", s.desk, get("/api/figures/file?as=xlsx&year=2024"), report, 10},
		{"集計: the cases behind a number", s.desk, get("/api/figures/cases?year=2024&figure=opened"), report, 10},
		{"集計: where they stand", s.desk, get("/api/figures/funnel"), report, 20},
		{"集計: the cases that stand in a stage", s.desk, get("/api/figures/cases?figure=standing&row=intake"), report, 20},
		{"機関のつながり", s.desk, get("/api/figures/network"), report, 20},
		{"地域課題", s.desk, get("/api/local-issues"), report, 10},
		{"overdue: tasks, a page", s.desk, get("/api/overdue"), report, 20},
		{"overdue: roles, a page", s.desk, get("/api/overdue?of=roles"), report, 20},
		{"overdue: モニタリング, a page", s.desk, get("/api/overdue?of=monitoring"), report, 20},
		{"overdue: 主担当", s.desk, get("/api/overdue?of=leads"), report, 20},
		{"overdue: つなぎ", s.desk, get("/api/overdue?of=referrals"), report, 20},
		{"overdue of an agency: tasks, a page", s.agency, get("/api/overdue"), report, 20},
		{"overdue of an agency: roles, a page", s.agency, get("/api/overdue?of=roles"), report, 20},
	}
}

// sizes are how many rows there are of what.
func (s *scene) sizes() string {
	var out []string
	for _, table := range []string{"case_file", "person", "doc", "doc_update", "meeting", "meeting_event", "audit_entry", "archive_record", "outreach_entry"} {
		var n int
		s.ok(s.raw.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n))
		out = append(out, fmt.Sprintf("%s %d", table, n))
	}
	return strings.Join(out, ", ")
}

// cpu is how long this process has worked, both sides of the line: what other work on the machine does not change.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func resident(t *testing.T) int { t.Helper(); return status(t, "VmRSS") }

// status reads a line of what the kernel says of this process, in MB.
func status(t *testing.T, line string) int {
	t.Helper()
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), line+":")
	kb, _ := strconv.Atoi(strings.Fields(rest)[0])
	return kb / 1000
}
