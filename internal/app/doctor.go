package app

import (
	"context"
	"flag"
	"fmt"
	"time"

	"kasane/internal/config"
	"kasane/internal/fault"
)

// verdict is how a question of the doctor was answered.
type verdict int

const (
	fine  verdict = iota // ○
	look                 // △ works, and wants looking after
	wrong                // × has to be mended
)

func (v verdict) String() string { return [...]string{"○", "△", "×"}[v] }

// finding is an answer: what is so, and what to do about it.
type finding struct {
	verdict verdict
	what    string
	advice  string // "" when nothing is to be done
}

func good(format string, args ...any) finding { return finding{what: fmt.Sprintf(format, args...)} }

// failing is a finding from an error: its message says what to do.
func failing(v verdict, what string, err error) finding {
	return finding{verdict: v, what: what, advice: fault.Message(err)}
}

// question is one thing the doctor looks at. Nil means that it does not apply here.
type question struct {
	label string
	ask   func(ctx context.Context, d *doctor) []finding
}

// doctor (診断) looks at an installation, running or not, and says in Japanese what is wrong and what to do. It changes nothing but a file it writes to
// measure the disk, and removes it.
type doctor struct {
	Process
	cfg config.Config
	url string // of the running server as people reach it, "" when nobody asks
	now func() time.Time
	// free and sync measure the disk below a folder: what an ordinary user may still write, in bytes, and how long a write takes.
	free func(dir string) (uint64, bool)
	sync func(dir string) (time.Duration, error)
}

// questions in the order in which one would ask them: what comes first makes what comes later wrong.
var questions = []question{
	{"設定", askSettings},
	{"データフォルダー", askFolder},
	{"ディスク", askDisk},
	{"時計", askClock},
	{"データベース", askDatabase},
	{"Redis", askRedis},
	{"ノードの構成", askNodes},
	{"鍵", askKeys},
	{"電子署名", askAuthority},
	{"氏名の文字", askFonts},
	{"同時に開ける数", askLimits},
	{"控え", askBackups},
	{"メール", askMail},
	{"画面", askClient},
	{"プロキシ", askProxy},
}

// askWithin bounds each question: a server that does not answer is an answer.
const askWithin = 15 * time.Second

func (p Process) doctor(ctx context.Context, args []string) int {
	d := doctor{Process: p, now: time.Now, free: freeBytes, sync: syncTime}
	var code int
	if d.cfg, code = p.configure("doctor", args, func(f *flag.FlagSet) { f.StringVar(&d.url, "url", "", "") }); code != exitOK {
		return code
	}
	return d.examine(ctx)
}

func (d *doctor) examine(ctx context.Context) int {
	var count [3]int
	for _, q := range questions {
		limited, cancel := context.WithTimeout(ctx, askWithin)
		list := q.ask(limited, d)
		cancel()
		for _, f := range list {
			count[f.verdict]++
			fmt.Fprintf(d.Out, "%s %s: %s\n", f.verdict, q.label, f.what)
			if f.advice != "" {
				fmt.Fprintf(d.Out, "    → %s\n", f.advice)
			}
		}
	}
	switch {
	case count[wrong] > 0:
		fmt.Fprintf(d.Out, "直す必要のあることが%d件、気をつけることが%d件あります。\n", count[wrong], count[look])
		return exitFail
	case count[look] > 0:
		fmt.Fprintf(d.Out, "動きます。気をつけることが%d件あります。\n", count[look])
	default:
		fmt.Fprintln(d.Out, "問題は見つかりませんでした。")
	}
	return exitOK
}
