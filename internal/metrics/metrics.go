package metrics

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// How long a scrape may take, and how many at once: a monitor that is put up wrongly must not keep the database busy.
const (
	scrapeWithin  = 5 * time.Second
	scrapesAtOnce = 2
)

// answerBounds are the buckets of the times of answers, in seconds: 2 s is what people are promised at most.
var answerBounds = []float64{.01, .05, .1, .25, .5, 1, 2, 5, 10}

// Registry is every metric of this process.
type Registry struct {
	reg      *prometheus.Registry
	facts    func(context.Context) Facts
	requests *prometheus.CounterVec
	answers  *prometheus.HistogramVec
}

// New makes the registry of a process of this version. facts is asked at each scrape.
func New(version string, facts func(context.Context) Facts) *Registry {
	r := &Registry{reg: prometheus.NewRegistry(), facts: facts,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kasane_http_requests_total", Help: "Answers by class of route and status."}, []string{"class", "status"}),
		answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "kasane_http_request_seconds", Help: "Time of an answer by class of route; connections of live documents are left out.",
			Buckets: answerBounds}, []string{"class"})}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "kasane_build_info", Help: "1; the version stands in the label."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	r.reg.MustRegister(build, r.requests, r.answers, gatherer{r}, collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), collectors.NewGoCollector())
	return r
}

// Answered counts an answer. class is one of a few words of the table of routes.
func (r *Registry) Answered(class string, status int, took time.Duration) {
	if status == 0 { // nothing was written: the client is gone, or the connection was handed on
		status = http.StatusOK
	}
	r.requests.WithLabelValues(class, strconv.Itoa(status)).Inc()
	if class != "live" {
		r.answers.WithLabelValues(class).Observe(took.Seconds())
	}
}

// Handler answers /metrics and nothing else.
func (r *Registry) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(r.reg, promhttp.HandlerOpts{MaxRequestsInFlight: scrapesAtOnce, Timeout: scrapeWithin}))
	return mux
}

// Names are the metrics of Kasane's own, with those of the process and of Go that come with them.
func (r *Registry) Names() ([]string, error) {
	list, err := r.reg.Gather()
	out := make([]string, 0, len(list)+len(table))
	for _, f := range list {
		out = append(out, f.GetName())
	}
	for _, d := range table { // what is not known at this moment is a metric all the same
		out = append(out, d.name)
	}
	return append(out, "kasane_http_requests_total", "kasane_http_request_seconds"), err
}
