package metrics

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// one is one metric that is made from the facts.
type one struct {
	name, help string
	labels     []string
	put        func(f Facts, d *prometheus.Desc, out chan<- prometheus.Metric)
}

// table is the figures that are read at a scrape.
var table = []one{
	{"kasane_sockets", "Open connections of live documents.", nil, gauge(func(f Facts) *float64 { return of(f.Sockets) })},
	{"kasane_rooms", "Documents and meetings that are open on this node.", nil, gauge(func(f Facts) *float64 { return of(f.Rooms) })},
	{"kasane_commit_seconds", "Time of one commit of typed changes.", nil, times(func(f Facts) Times { return f.Commits })},
	{"kasane_ack_seconds", "From a change that came in to its 保存済み.", nil, times(func(f Facts) Times { return f.Acks })},
	{"kasane_append_errors_total", "Commits of typed changes that failed; they are sent again by the clients.", nil, counter(func(f Facts) float64 { return float64(f.AppendErrors) })},
	{"kasane_slow_clients_total", "Connections that were cut because they did not read.", nil, counter(func(f Facts) float64 { return float64(f.SlowClients) })},
	{"kasane_bus_up", "1 while other nodes can be called by Redis; 1 on a node that has none to call.", nil, gauge(func(f Facts) *float64 { return truth(f.BusUp) })},
	{"kasane_bus_lag_seconds", "One call by Redis, to this node itself.", nil, gauge(func(f Facts) *float64 { return seconds(f.BusLag) })},
	{"kasane_bus_lost_total", "Hints that were late or did not get through; the log is read instead.", nil, counter(func(f Facts) float64 { return float64(f.BusLost) })},
	{"kasane_db_wait_seconds_total", "Time spent waiting for a connection to the database.", nil, counter(func(f Facts) float64 { return f.DBWaited.Seconds() })},
	{"kasane_sessions", "Sessions that have not run out, of all nodes.", nil, gauge(func(f Facts) *float64 { return whole(f.Sessions) })},
	{"kasane_audit_waiting", "Entries of the audit log without a leaf number, of all nodes.", nil, gauge(func(f Facts) *float64 { return whole(f.AuditWaiting) })},
	{"kasane_sealing_waiting", "Meetings that were closed and whose record is not sealed, of all nodes.", nil, gauge(func(f Facts) *float64 { return whole(f.Sealing) })},
	{"kasane_sealing_oldest_seconds", "Since the oldest of them was closed: more than a minute means that sealing fails. 0: none waits.", nil, gauge(func(f Facts) *float64 { return seconds(f.SealingSince) })},
	{"kasane_backup_age_seconds", "Age of the newest nightly backup. Missing: there is none.", nil, gauge(func(f Facts) *float64 { return seconds(f.BackupAge) })},
	{"kasane_disk_free_bytes", "Free on the disk of the data folder.", nil, gauge(func(f Facts) *float64 { return bytes(f.DiskFree) })},
	{"kasane_check_ok", "1 while a check of /readyz is well.", []string{"check"}, checks},
}

// gatherer makes the metrics of the table at each scrape.
type gatherer struct{ r *Registry }

func (one one) desc() *prometheus.Desc {
	return prometheus.NewDesc(one.name, one.help, one.labels, nil)
}

// Describe implements prometheus.Collector.
func (gatherer) Describe(out chan<- *prometheus.Desc) {
	for _, d := range table {
		out <- d.desc()
	}
}

// Collect implements prometheus.Collector.
func (g gatherer) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeWithin)
	defer cancel()
	f := g.r.facts(ctx)
	for _, d := range table {
		d.put(f, d.desc(), out)
	}
}

type putter = func(Facts, *prometheus.Desc, chan<- prometheus.Metric)

func gauge(value func(Facts) *float64) putter {
	return func(f Facts, d *prometheus.Desc, out chan<- prometheus.Metric) {
		if v := value(f); v != nil {
			out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, *v)
		}
	}
}

func counter(value func(Facts) float64) putter {
	return func(f Facts, d *prometheus.Desc, out chan<- prometheus.Metric) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, value(f))
	}
}

func times(value func(Facts) Times) putter {
	return func(f Facts, d *prometheus.Desc, out chan<- prometheus.Metric) {
		t := value(f)
		upTo, sum := map[float64]uint64{}, uint64(0)
		for i, b := range t.Bounds {
			sum += uint64(t.Buckets[i])
			upTo[b.Seconds()] = sum
		}
		out <- prometheus.MustNewConstHistogram(d, uint64(t.Count), t.Seconds, upTo)
	}
}

func checks(f Facts, d *prometheus.Desc, out chan<- prometheus.Metric) {
	for _, name := range slices.Sorted(maps.Keys(f.Checks)) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, *truth(f.Checks[name]), name)
	}
}

func of(n int) *float64 { v := float64(n); return &v }

func truth(b bool) *float64 {
	if b {
		return of(1)
	}
	return of(0)
}

func whole(n *int64) *float64 {
	if n == nil {
		return nil
	}
	v := float64(*n)
	return &v
}

func seconds(d *time.Duration) *float64 {
	if d == nil {
		return nil
	}
	v := d.Seconds()
	return &v
}

func bytes(n *uint64) *float64 {
	if n == nil {
		return nil
	}
	v := float64(*n)
	return &v
}
