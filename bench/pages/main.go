// Command pages sets the same record with Kasane, with gofpdf alone and with typst, each in a process of its own, and prints what each took.
//
//	go run ./bench/pages                  the table (from the root of the repository)
//	go run ./bench/pages -out DIR         and the files, to be looked at side by side
//
// CPU is user and system time of the process for one document, after the first has been made; resident is the highest of the process.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// measure is what one engine took for one record.
type measure struct {
	CPU   float64 `json:"cpu"`   // milliseconds a document
	Wall  float64 `json:"wall"`  // milliseconds a document
	Bytes int     `json:"bytes"` // of one file
	One   float64 `json:"one"`   // resident at most when one document has been made, MB
	High  float64 `json:"high"`  // resident at most in the end, MB
	Grown float64 `json:"grown"` // resident more than after the first document when eight were asked for at once, MB
}

// sizes are the records: how many 議題 fill so many pages of Kasane.
var sizes = []struct{ pages, blocks int }{{5, 7}, {50, 74}}

func main() {
	engine := flag.String("engine", "", "measure one engine in this process (kasane, plain)")
	blocks := flag.Int("blocks", 8, "議題 of the record")
	times := flag.Int("times", 20, "documents each")
	out := flag.String("out", "", "folder for the files made")
	flag.Parse()
	if err := run(*engine, *blocks, *times, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(engine string, blocks, times int, out string) error {
	if engine != "" {
		m, err := inside(engine, record(blocks), times, out)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(m)
	}
	if out == "" {
		dir, err := os.MkdirTemp("", "kasane-pages-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		out = dir
	} else if err := os.MkdirAll(out, 0o750); err != nil {
		return err
	}
	fmt.Println("| pages | engine | CPU a document | to Kasane | wall | file | resident after one | at most | eight at once |\n| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
	for _, s := range sizes {
		var own float64
		for _, e := range []string{"kasane", "plain", "typst"} {
			file := filepath.Join(out, fmt.Sprintf("%s-%d.pdf", e, s.pages))
			m, err := outside(e, s.blocks, max(times*5/s.pages, 5), file)
			if err != nil {
				return fmt.Errorf("%s, %d pages: %w", e, s.pages, err)
			}
			if e == "kasane" {
				own = m.CPU
			}
			grown := "–"
			if m.Grown > 0 {
				grown = fmt.Sprintf("+%.0f MB", m.Grown)
			}
			fmt.Printf("| %d | %s | %.1f ms | %.2f | %.1f ms | %d kB | %.0f MB | %.0f MB | %s |\n", s.pages, e, m.CPU, m.CPU/own, m.Wall, m.Bytes/1000, m.One, m.High, grown)
		}
	}
	return nil
}

// outside starts a process for one engine and one record.
func outside(engine string, blocks, times int, file string) (m measure, err error) {
	var cmd *exec.Cmd
	if engine == "typst" {
		args, err := forTypst(blocks, times, file)
		if err != nil {
			return m, err
		}
		cmd = exec.Command("node", args...)
	} else {
		self, err := os.Executable()
		if err != nil {
			return m, err
		}
		cmd = exec.Command(self, "-engine", engine, "-blocks", strconv.Itoa(blocks), "-times", strconv.Itoa(times), "-out", file)
	}
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(said, &m)
}

// forTypst writes the record and the faces where node finds them.
func forTypst(blocks, times int, file string) ([]string, error) {
	dir := filepath.Join(filepath.Dir(file), "typst")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	for _, f := range []string{"BIZUDGothic-Regular", "BIZUDGothic-Bold", "NotoSansJP-Regular"} {
		b, err := fontFile(f)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, f+".ttf"), b, 0o600); err != nil {
			return nil, err
		}
	}
	b, err := json.Marshal(record(blocks))
	if err != nil {
		return nil, err
	}
	name := filepath.Join(dir, "record.json")
	return []string{filepath.Join("bench", "pages", "typst.mjs"), name, dir, strconv.Itoa(times), file}, os.WriteFile(name, b, 0o600)
}

// inside measures an engine in this very process.
func inside(engine string, t text, times int, file string) (m measure, err error) {
	draw := kasane()
	if engine == "plain" {
		if draw, err = plain(); err != nil {
			return m, err
		}
	}
	first, err := draw(t)
	if err != nil {
		return m, err
	}
	if err := os.WriteFile(file, first, 0o600); err != nil {
		return m, err
	}
	one, begun, cpu := resident("VmHWM"), time.Now(), spent()
	for range times {
		if _, err := draw(t); err != nil {
			return m, err
		}
	}
	n := float64(times)
	m = measure{CPU: float64((spent() - cpu).Microseconds()) / 1000 / n, Wall: float64(time.Since(begun).Microseconds()) / 1000 / n, Bytes: len(first), One: one, High: resident("VmHWM")}
	if engine == "kasane" {
		runtime.GC()
		before := resident("VmRSS")
		if err := together(8, draw, t); err != nil {
			return m, err
		}
		m.Grown = resident("VmHWM") - before
	}
	return m, nil
}

// spent is the CPU time of this process.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// resident reads a line of /proc/self/status, in MB.
func resident(what string) float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if kb, ok := strings.CutPrefix(line, what+":"); ok {
			n, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kb), "kB")), 64)
			return n / 1024
		}
	}
	return 0
}
