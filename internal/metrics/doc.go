// Package metrics (監視の数値) is what a Prometheus server reads of a running Kasane.
//
// The figures of a moment come in as Facts when they are asked for; answers to requests are counted as they go. Labels are words of the program: classes of routes,
// statuses, names of checks. No name, no id of a case, a meeting or a user, and nothing anybody wrote can get into one, and app.TestNothingPersonalInTheMetrics holds that.
//
// It knows nothing of the house: app puts the figures in. It is the only importer of prometheus/client_golang.
package metrics
