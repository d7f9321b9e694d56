package quota

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"kasane/internal/fault"
)

// nearAt is the part of a limit, in hundredths, from which on a municipality is told that it comes near.
const nearAt = 80

// Line is one limit and what is used of it.
type Line struct {
	Name, Label string
	Used, Limit string // as people read them
	Percent     int
	Advice      string
}

// Near tells whether the limit is near, or reached.
func (l Line) Near() bool { return l.Percent >= nearAt }

// Lines says what a municipality uses of its limits; empty where it has none.
func (s *Service) Lines(ctx context.Context, tenant string) ([]Line, error) {
	l, err := s.store.Quota(ctx, tenant)
	if err != nil || l == (Limits{}) {
		return nil, err
	}
	u, err := s.store.Kept(ctx, tenant)
	u.Connections, u.Requests = s.connected(tenant), s.asked(tenant)
	return Compare(l, u), err
}

// Compare holds what is used against the limits.
func Compare(l Limits, u Use) (out []Line) {
	if l.Storage > 0 {
		out = append(out, Line{"storage", "ファイルと記録の容量", Size(u.Storage), Size(l.Storage), percent(u.Storage, l.Storage),
			"使わなくなった資料を消すか、保存期間が過ぎた文書を廃棄するか、システムの運用者に上限の引き上げを頼んでください。"})
	}
	count := func(name, label, unit string, used, limit int, advice string) {
		if limit > 0 {
			out = append(out, Line{name, label, strconv.Itoa(used) + unit, strconv.Itoa(limit) + unit, percent(int64(used), int64(limit)), advice})
		}
	}
	count("members", "利用者の数", "人", u.Members, l.Members, "「管理」の「職員」で使われていない利用者を停止するか、システムの運用者に上限の引き上げを頼んでください。")
	count("connections", "同時の接続", "件", u.Connections, l.Connections, "使い終わった人にサインアウトを頼むか、システムの運用者に上限の引き上げを頼んでください。")
	count("requests", "連携用トークンの要求(1分)", "回", u.Requests, l.Requests, "つないでいるシステムの担当者に、問い合わせの間隔を広げてもらってください。")
	return out
}

func percent(used, limit int64) int { return int(used * 100 / limit) }

// Look finds the municipalities that come near a limit, for Sound. Requests of a minute are not looked at: they come and go.
func (s *Service) Look(ctx context.Context) error {
	all, err := s.store.Quotas(ctx)
	if err != nil {
		return err
	}
	near := map[string]bool{}
	for tenant, l := range all {
		u := Use{}
		if l.Storage > 0 || l.Members > 0 {
			if u, err = s.store.Kept(ctx, tenant); err != nil {
				return err
			}
		}
		u.Connections = s.connected(tenant)
		for _, x := range Compare(l, u) {
			if x.Near() {
				near[tenant] = true
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.near = near
	for tenant := range s.asks {
		if _, ok := all[tenant]; !ok {
			delete(s.asks, tenant)
		}
	}
	return nil
}

// Sound says how many municipalities come near a limit, without names.
func (s *Service) Sound(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.near); n > 0 {
		return fault.Newf(fault.Unavailable, "上限の%d%%を超えた市町村が%d件あります。kasane municipality list で確かめて、上限を上げるか、市町村に知らせてください。", nearAt, n)
	}
	return nil
}

// units of sizes as people write them, the largest first.
var units = []struct {
	word  string
	bytes int64
}{{"TB", 1 << 40}, {"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"B", 1}}

// Size is a number of bytes as people read it.
func Size(n int64) string {
	for _, u := range units {
		if n >= u.bytes && u.bytes > 1 {
			return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/float64(u.bytes)), ".0") + u.word
		}
	}
	return strconv.FormatInt(n, 10) + "B"
}

// maxSize is far above any disk, and far below where numbers end.
const maxSize = 1 << 50

// ParseSize reads 20GB, 500MB, 1.5TB; 0 is none.
func ParseSize(text string) (int64, error) {
	wrong := fault.Newf(fault.Invalid, "「%s」は大きさとして読めません。20GB、500MB のように書いてください(0は、上限なし)。", text)
	t := strings.ToUpper(strings.TrimSpace(text))
	if t == "0" {
		return 0, nil
	}
	for _, u := range units {
		number, ok := strings.CutSuffix(t, u.word)
		if !ok {
			continue
		}
		f, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if n := f * float64(u.bytes); err == nil && n >= 1 && n <= maxSize {
			return int64(n), nil
		}
		return 0, wrong
	}
	return 0, wrong
}
