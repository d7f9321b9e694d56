package quota

import (
	"context"
	"slices"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// Limits (上限) of a municipality; 0: none.
type Limits struct {
	Storage     int64 `json:"storage,omitempty"`     // bytes of evidence, 資料 and sealed records
	Members     int   `json:"members,omitempty"`     // accounts that are not stopped
	Connections int   `json:"connections,omitempty"` // live connections at once, of all nodes
	Requests    int   `json:"requests,omitempty"`    // of 連携用トークン, a minute, of all nodes
}

// Valid refuses what cannot be meant.
func (l Limits) Valid() error {
	if min(l.Storage, int64(l.Members), int64(l.Connections), int64(l.Requests)) < 0 {
		return fault.New(fault.Invalid, "上限は0以上で指定してください(0は、上限なし)。")
	}
	return nil
}

// Use is what a municipality uses.
type Use struct {
	Storage     int64
	Members     int
	Connections int
	Requests    int // in this minute, at this node
}

// Store keeps the limits.
type Store interface {
	// Quota returns the limits of a municipality; none where none are set.
	Quota(ctx context.Context, tenant string) (Limits, error)
	// Quotas returns the municipalities that have limits.
	Quotas(ctx context.Context) (map[string]Limits, error)
	// Kept is what lies there of a municipality: bytes and accounts, read from indexes.
	Kept(ctx context.Context, tenant string) (Use, error)
	// Sits tells whether a meeting goes on in a municipality: of the case, or with a seat of the agency; "" asks for neither.
	Sits(ctx context.Context, tenant, caseID, agencyID string) (bool, error)
}

// How long a node believes what it read, where it is asked often.
const believed = 30 * time.Second

// Service asks whether there is room. It is safe for concurrent use.
type Service struct {
	store     Store
	now       func() time.Time
	connected func(tenant string) int // live connections, of all nodes
	nodes     func() int              // that run

	mu   sync.Mutex
	asks map[string]*minute // by municipality
	near map[string]bool    // municipalities that come near a limit, when Look last looked
}

// minute counts the requests of a municipality's systems at this node.
type minute struct {
	limits Limits
	read   time.Time // the limits
	from   time.Time
	count  int
}

// New makes the service.
func New(store Store, now func() time.Time, connected func(tenant string) int, nodes func() int) *Service {
	return &Service{store: store, now: now, connected: connected, nodes: nodes, asks: map[string]*minute{}, near: map[string]bool{}}
}

// Room tells whether a file of a case may come. TooLarge: the municipality keeps too much already.
func (s *Service) Room(ctx context.Context, tenant, caseID string, size int64) error {
	l, err := s.store.Quota(ctx, tenant)
	if err != nil || l.Storage == 0 {
		return err
	}
	u, err := s.store.Kept(ctx, tenant)
	if err != nil || u.Storage+size <= l.Storage {
		return err
	}
	if sits, err := s.store.Sits(ctx, tenant, caseID, ""); err != nil || sits {
		return err
	}
	return fault.Newf(fault.TooLarge, "この市町村のファイルの容量が上限(%s)に達しているため、登録できません。市の管理者に知らせてください。会議の入力・閉会・記録の確定は、上限に関わりなくできます。", Size(l.Storage)).On("file")
}

// Member tells whether one more account may come to be. Conflict: there are as many as may be.
func (s *Service) Member(ctx context.Context, tenant string) error {
	l, err := s.store.Quota(ctx, tenant)
	if err != nil || l.Members == 0 {
		return err
	}
	u, err := s.store.Kept(ctx, tenant)
	if err != nil || u.Members < l.Members {
		return err
	}
	return fault.Newf(fault.Conflict, "この市町村の利用者が上限(%d人)に達しています。使われていない利用者を停止するか、システムの運用者に上限の引き上げを頼んでください。", l.Members)
}

// Enter tells whether one more may sign in. Unavailable: so many are connected. Administrators and those whose agency sits in a meeting now are let in all the same.
func (s *Service) Enter(ctx context.Context, tenant string, u access.User) error {
	l, err := s.store.Quota(ctx, tenant)
	if err != nil || l.Connections == 0 || s.connected(tenant) < l.Connections || slices.Contains(u.Roles, access.RoleAdmin) {
		return err
	}
	if sits, err := s.store.Sits(ctx, tenant, "", u.AgencyID); err != nil || sits {
		return err
	}
	return fault.Newf(fault.Unavailable, "この市町村で同時に使える数の上限(%d)に達しています。使い終わった人にサインアウトを頼むか、少し待ってからもう一度サインインしてください。会議に出席している機関の人は、上限に関わりなく入れます。", l.Connections)
}

// Ask counts a request of a system of the municipality. RateLimited: there were too many in this minute; each node has its share.
func (s *Service) Ask(ctx context.Context, tenant string) error {
	now := s.now()
	s.mu.Lock()
	m := s.asks[tenant]
	fresh := m != nil && now.Sub(m.read) < believed
	s.mu.Unlock()
	if !fresh {
		l, err := s.store.Quota(ctx, tenant)
		if err != nil {
			return err
		}
		s.mu.Lock()
		if m = s.asks[tenant]; m == nil {
			m = &minute{}
			s.asks[tenant] = m
		}
		m.limits, m.read = l, now
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := now.Truncate(time.Minute); !m.from.Equal(at) {
		m.from, m.count = at, 0
	}
	share := (m.limits.Requests + s.atNodes() - 1) / s.atNodes()
	if m.limits.Requests > 0 && m.count >= share {
		until := m.from.Add(time.Minute)
		return fault.Newf(fault.RateLimited, "この市町村の連携用トークンの要求が、1分の上限(%d回)に達しました。次の1分を待ってください。", m.limits.Requests).
			With("until", until.UTC().Format(time.RFC3339))
	}
	m.count++
	return nil
}

func (s *Service) atNodes() int { return max(1, s.nodes()) }

// asked is how many requests came in this minute, as far as this node can tell of all.
func (s *Service) asked(tenant string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.asks[tenant]
	if m == nil || !m.from.Equal(s.now().Truncate(time.Minute)) {
		return 0
	}
	return m.count * s.atNodes()
}
