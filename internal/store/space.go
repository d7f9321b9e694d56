package store

import (
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kasane/internal/fault"
)

// What people and operators are told when the database can be read and takes nothing.
const (
	saidFull     = "保存先のディスクに空きがなく、保存できません。システムの担当者は、空きを作ってください。空きができれば自動で再開します。"
	saidReadOnly = "保存先のファイルに書き込めず、保存できません。システムの担当者は、ディスクの空き・容量の制限・権限・故障を確かめてください。書き込めるようになれば自動で再開します。"
)

// fullFor is how long trouble is told of after the last write that failed, though a smaller one got through meanwhile.
const fullFor = 5 * time.Second

// space (保存先の空き) remembers whether what was to be written found room. Reading goes on when the disk is full, and so would every question whether the
// database is there.
type space struct {
	mu   sync.Mutex
	said string // "" while all is well
	last time.Time
}

// note takes in how a write ended.
func (s *space) note(d *dialect, err error) {
	said := d.refuses(err)
	if err != nil && said == "" {
		return // something else was the matter: it says nothing about room
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case said != "":
		s.said, s.last = said, time.Now()
	case s.said != "" && time.Since(s.last) > fullFor:
		s.said = ""
	}
}

// trouble is what is the matter, nil if nothing is.
func (s *space) trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.said == "" {
		return nil
	}
	return fault.New(fault.Unavailable, s.said)
}

// sqliteRefuses says what keeps SQLite from writing; "" if it is something else.
func sqliteRefuses(err error) string {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return saidFull
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY:
		return saidReadOnly
	}
	return ""
}

// postgresRefuses likewise: disk_full, and a server that may only be read.
func postgresRefuses(err error) string {
	var e *pgconn.PgError
	switch {
	case !errors.As(err, &e):
		return ""
	case e.Code == "53100":
		return saidFull
	case e.Code == "25006":
		return saidReadOnly
	}
	return ""
}
