package main

import (
	"fmt"
	"strings"
)

// measure is one thing Kasane has to reach.
type measure struct {
	scenario, what, target, found string
	met                           bool
}

func (b *bench) judge(scenario, what, target, found string, met bool) {
	b.measures = append(b.measures, measure{scenario, what, target, found, met})
}

// judgeLoad compares one scenario with what is asked of it. Where a peer did not run nothing is said.
func (b *bench) judgeLoad(r *loadRun) {
	hp, peer := r.results["hocuspocus"]
	for _, s := range b.servers {
		if !s.kasane() {
			continue
		}
		x := r.results[s.name]
		say := func(what, target, found string, met bool) { b.judge(r.name, s.name+": "+what, target, found, met) }
		say("every edit is delivered", "0 lost", fmt.Sprintf("%d lost", x.lost), x.lost == 0)
		if s.name == "kasane-2nodes" {
			if single, ok := r.results["kasane-postgres"]; ok {
				say("p99 over one node", "at most + 10 ms", fmt.Sprintf("%+.1f ms", x.edits.p99-single.edits.p99), x.edits.p99 <= single.edits.p99+10)
			}
			continue
		}
		switch r.name {
		case "S1", "S2", "S3", "S4":
			if l, ok := r.limit(s); ok {
				p50, p99 := x.edits.p50/l.p50, x.edits.p99/l.p99
				say("p50 and p99 to the limit", "at most 1.3", fmt.Sprintf("%.2f, %.2f", p50, p99), p50 <= 1.3 && p99 <= 1.3)
			}
		case "S5":
			say("p99 of presence", "at most 120 ms", fmt.Sprintf("%.1f ms", x.presence.p99), x.presence.p99 <= 120)
		case "S6":
			say("p99", "at most 150 ms", fmt.Sprintf("%.1f ms", x.edits.p99), x.edits.p99 <= 150)
		case "MEETINGS":
			say("p99", "below 250 ms", fmt.Sprintf("%.1f ms", x.edits.p99), x.edits.p99 < 250)
		}
		if !peer || hp.cpu == 0 {
			continue
		}
		most := 0.7
		switch r.name {
		case "S4", "S6":
			say("p50 and p99 below Hocuspocus's", fmt.Sprintf("%.2f, %.2f ms", hp.edits.p50, hp.edits.p99), fmt.Sprintf("%.2f, %.2f ms", x.edits.p50, x.edits.p99),
				x.edits.p50 < hp.edits.p50 && x.edits.p99 < hp.edits.p99)
		case "S5":
			most = 0.5
			say("bytes to Hocuspocus's", "at most 0.5", fmt.Sprintf("%.2f", x.bytes/hp.bytes), x.bytes <= 0.5*hp.bytes)
			say("p99 of edits not above Hocuspocus's", fmt.Sprintf("%.2f ms", hp.edits.p99), fmt.Sprintf("%.2f ms", x.edits.p99), x.edits.p99 <= hp.edits.p99)
		}
		if relay, c := r.results["relay"], r.commit[len(s.needs) > 0]; relay.cpu > 0 && c.n > 0 {
			say("CPU of relay and one commit to Hocuspocus's (no target)", "–", fmt.Sprintf("%.2f", (relay.cpu+c.cpu)/hp.cpu), true)
		}
		say("CPU to Hocuspocus's", fmt.Sprintf("at most %.1f", most), fmt.Sprintf("%.2f", x.cpu/hp.cpu), x.cpu <= most*hp.cpu)
		if x.needsCPU > 0 {
			all := x.cpu + x.needsCPU
			say("CPU with the database's to Hocuspocus's", fmt.Sprintf("at most %.1f", most), fmt.Sprintf("%.2f", all/hp.cpu), all <= most*hp.cpu)
		}
	}
}

// judgeTrial does the same for the other scenarios.
func (b *bench) judgeTrial(name string, found map[string]figures) {
	hp, peer := found["hocuspocus"]
	for _, s := range b.servers {
		f := found[s.name]
		if !s.kasane() || f == nil {
			continue
		}
		say := func(what, target, found string, met bool) { b.judge(name, s.name+": "+what, target, found, met) }
		switch name {
		case "STORM":
			say("all back and synced", "within 10 s", fmt.Sprintf("%.2f s", f["s"]), f["s"] <= 10)
		case "COLD":
			say("p99", "at most 30 ms", fmt.Sprintf("%.1f ms", f["p99"]), f["p99"] <= 30)
		case "DEAF":
			say("is cut", "is cut", fmt.Sprintf("after %.0f s", f["cut"]), f["cut"] > 0)
			say("nobody else loses anything", "0 lost", fmt.Sprintf("%.0f lost", f["lost"]), f["lost"] == 0)
			if peer {
				say("memory below Hocuspocus's", fmt.Sprintf("%+.0f MB", hp["MB"]), fmt.Sprintf("%+.0f MB", f["MB"]), f["MB"] < hp["MB"])
			}
		case "IDLE":
			say("memory a connection", "at most 20 kB", fmt.Sprintf("%.1f kB", f["kB"]), f["kB"] <= 20)
			if peer {
				say("resident not above Hocuspocus's", fmt.Sprintf("%.0f MB", hp["MB"]), fmt.Sprintf("%.0f MB", f["MB"]), f["MB"] <= hp["MB"])
			}
		case "JOIN", "WRITE":
			if peer {
				say("p50 to Hocuspocus's (no target)", "–", fmt.Sprintf("%.2f", f["p50"]/hp["p50"]), f["p50"] <= hp["p50"])
			}
		}
	}
}

func (b *bench) printMeasures() {
	if len(b.measures) == 0 {
		return
	}
	met, judged := 0, 0
	var rows strings.Builder
	for _, m := range b.measures {
		word := "**missed**"
		switch {
		case m.target == "–":
			word = "–"
		case m.met:
			word = "met"
			met++
			judged++
		default:
			judged++
		}
		fmt.Fprintf(&rows, "| %s | %s | %s | %s | %s |\n", m.scenario, m.what, m.target, m.found, word)
	}
	printf("\n### Measures: %d of %d met\n\n| scenario | measure | target | found | |\n| --- | --- | --- | --- | --- |\n%s", met, judged, rows.String())
}
