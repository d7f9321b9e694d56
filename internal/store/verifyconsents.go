package store

import (
	"context"
	"encoding/json"
	"slices"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/consent"
)

// before is how the details of records from before the consent desk read; their entries hold another hash.
const before = "{}"

// consentsHashed gives every consent record and withdrawal with the hash the audit log holds of it, and every kept text with its own. What is in
// the log and not in the tables, or the other way round, comes with a hash that cannot be right.
func (s source) consentsHashed(ctx context.Context, tenant string, fn func(archive.Hashed) error) error {
	recorded, withdrawn := map[string][]string{}, map[string][]string{}
	err := s.t.query(ctx, func(scan func(...any) error) error {
		var verb, target, hash string
		if err := scan(&verb, &target, &hash); err != nil {
			return err
		}
		if access.Verb(verb) == access.VerbConsentRecord {
			recorded[target] = append(recorded[target], hash)
		} else {
			withdrawn[target] = append(withdrawn[target], hash)
		}
		return nil
	}, `SELECT verb, target, hash FROM audit_entry WHERE tenant = $1 AND verb IN ($2, $3) AND result = 'ok' AND hash <> ''`,
		tenant, string(access.VerbConsentRecord), string(access.VerbConsentWithdraw))
	if err != nil {
		return err
	}
	numbers := map[string]string{}
	err = s.t.query(ctx, func(scan func(...any) error) error {
		var details string
		r, err := scanConsent(func(into ...any) error { return scan(append(into, &details)...) })
		if err != nil {
			return err
		}
		numbers[r.ID] = r.Number
		if details == before {
			delete(recorded, r.ID)
			return nil
		}
		body, err := consent.Canonical(r)
		if err != nil {
			return err
		}
		return fn(archive.Hashed{What: "同意の記録(" + r.Number + ")", Hash: matching(recorded, r.ID, body), Stored: body})
	}, `SELECT `+consentColumns+`, r.details FROM consent_record r WHERE r.tenant = $1 ORDER BY r.recorded_at, r.id`, tenant)
	if err != nil {
		return err
	}
	err = withdrawals(ctx, s.t, func(w consent.Withdrawal) error {
		body, err := json.Marshal(w)
		if err != nil {
			return err
		}
		return fn(archive.Hashed{What: "同意の撤回(" + numbers[w.RecordID] + ")", Hash: matching(withdrawn, w.RecordID, body), Stored: body})
	}, `r.tenant = $1`, tenant)
	if err != nil {
		return err
	}
	if err := missing(recorded, "監査ログにある同意の記録", numbers, fn); err != nil {
		return err
	}
	if err := missing(withdrawn, "監査ログにある同意の撤回", numbers, fn); err != nil {
		return err
	}
	return s.textsHashed(ctx, tenant, fn)
}

// matching takes the entry that fits out of those of a target; when none does, one that does not fit, so that each is told of once.
func matching(entries map[string][]string, target string, body []byte) string {
	list := entries[target]
	i := max(slices.Index(list, archive.Sum(body)), 0)
	if len(list) == 0 {
		return ""
	}
	hash := list[i]
	if list = slices.Delete(list, i, i+1); len(list) == 0 {
		delete(entries, target)
	} else {
		entries[target] = list
	}
	return hash
}

// missing tells of entries to which nothing is left.
func missing(entries map[string][]string, what string, numbers map[string]string, fn func(archive.Hashed) error) error {
	for id, hashes := range entries {
		name := numbers[id]
		if name == "" {
			name = "ID " + id
		}
		for _, h := range hashes {
			if err := fn(archive.Hashed{What: what + "(" + name + ")", Hash: h}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s source) textsHashed(ctx context.Context, tenant string, fn func(archive.Hashed) error) error {
	return s.t.query(ctx, func(scan func(...any) error) error {
		var h archive.Hashed
		var no, body string
		if err := scan(&no, &h.Hash, &body); err != nil {
			return err
		}
		var f consent.FormText
		if err := json.Unmarshal([]byte(body), &f); err == nil {
			h.Stored = f.Bytes()
		}
		h.What = "同意書の文面の第" + no + "版"
		return fn(h)
	}, `SELECT CAST(no AS TEXT), hash, body FROM consent_text WHERE tenant = $1 ORDER BY no`, tenant)
}
