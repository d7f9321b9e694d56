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

// First tells whether a reading has to be written down, and notes it.
func (l *Lately) First(now time.Time, session, thing string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil || len(l.last) > 20_000 {
		l.last = map[string]time.Time{}
	}
	key := session + " " + thing
	if at, ok := l.last[key]; ok && now.Sub(at) < lateness && !now.Before(at) {
		return false
	}
	l.last[key] = now
	return true
}
