package main

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// commitCost is what it takes on this machine to have rows durably in a log, when so many a second come: one writer, and what comes while a
// commit is under way goes into the next. The settings are those of internal/store.
type commitCost struct {
	percentiles
	cpu float64 // of this process meanwhile, the clock of the load included, in cores
}

// commitCost measures it.
func (b *bench) commitCost(pg bool, rate float64, d time.Duration) (c commitCost, err error) {
	begun, used := time.Now(), ownCPU()
	c.percentiles, err = b.commitLatency(pg, rate, d)
	c.cpu = (ownCPU() - used).Seconds() / time.Since(begun).Seconds()
	return c, err
}

// ownCPU is the processor time of this process.
func ownCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (b *bench) commitLatency(pg bool, rate float64, d time.Duration) (percentiles, error) {
	ctx := b.ctx
	var db *sql.DB
	var err error
	if pg {
		if b.pg == nil {
			if b.pg, b.pgURL, err = postgres(ctx); err != nil {
				return percentiles{}, err
			}
		}
		db, err = sql.Open("pgx", b.pgURL)
	} else {
		dir, derr := tempDir("commit")
		if derr != nil {
			return percentiles{}, derr
		}
		db, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "c.db")+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	}
	if err != nil {
		return percentiles{}, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, `DROP TABLE IF EXISTS log`); err != nil {
		return percentiles{}, err
	}
	if _, err := db.ExecContext(ctx, `CREATE TABLE log (doc TEXT, seq BIGINT, body TEXT, PRIMARY KEY (doc, seq))`); err != nil {
		return percentiles{}, err
	}
	var (
		mu      sync.Mutex
		waiting []time.Time
		wake    = make(chan struct{}, 1)
		done    = make(chan error, 1)
		lat     []int32
	)
	go func() {
		seq := 0
		for range wake {
			for {
				mu.Lock()
				group := waiting
				waiting = nil
				mu.Unlock()
				if len(group) == 0 {
					break
				}
				if err := insert(ctx, db, &seq, len(group)); err != nil {
					done <- err
					return
				}
				for _, t := range group {
					lat = append(lat, int32(time.Since(t)/time.Microsecond))
				}
			}
		}
		done <- nil
	}()
	err = pace(rate, d, func(int) error {
		mu.Lock()
		waiting = append(waiting, time.Now())
		mu.Unlock()
		select {
		case wake <- struct{}{}:
		default:
		}
		return nil
	})
	close(wake)
	if werr := <-done; err == nil {
		err = werr
	}
	return percentilesOf(lat), err
}

func insert(ctx context.Context, db *sql.DB, seq *int, n int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for range n {
		*seq++
		if _, err := tx.ExecContext(ctx, `INSERT INTO log (doc, seq, body) VALUES ($1, $2, $3)`, "doc", *seq, "0123456789012345678901234567890"); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// behind tells how many rows the logs of documents hold after their snapshots: fewest and most. No snapshot is an error.
func behind(data string, docs []string) (few, many int, err error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, "kasane.db")+"?mode=ro")
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	few = math.MaxInt
	for _, name := range docs {
		id, _, _ := strings.Cut(name, ".")
		var n int
		if err := db.QueryRow(`SELECT d.head - s.seq FROM doc d JOIN doc_snapshot s ON s.tenant = d.tenant AND s.doc_id = d.id WHERE d.id = ?`, id).Scan(&n); err != nil {
			return 0, 0, fmt.Errorf("snapshot of %s: %w", name, err)
		}
		few, many = min(few, n), max(many, n)
	}
	return few, many, nil
}
