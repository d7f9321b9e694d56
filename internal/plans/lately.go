package plans

import (
	"sync"
	"time"
)

// lateness is how long one reading of the same thing by the same session stands for the next ones in the audit log: screens read again
// at every bell, and a line for each would bury who looked and when.
const lateness = 10 * time.Minute

// Lately remembers what has been read, so that the audit log gets one line per session, thing and ten minutes. It forgets when the
// process ends, and everything when it has grown too large: then there are more lines, never fewer.
type Lately struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// Once writes a reading down unless the same was written lately. What could not be written is not remembered: nothing is read without a
// line that stands for it. Two who read at once leave two lines.
func (l *Lately) Once(now time.Time, session, thing string, write func() error) error {
	key := session + " " + thing
	l.mu.Lock()
	at, ok := l.last[key]
	l.mu.Unlock()
	if ok && now.Sub(at) < lateness && !now.Before(at) {
		return nil
	}
	if err := write(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil || len(l.last) > 20_000 {
		l.last = map[string]time.Time{}
	}
	l.last[key] = now
	return nil
}
