package store

import (
	"context"
	"slices"
	"time"

	"kasane/internal/webhooks"
)

// WebhooksWanted implements webhooks.Store.
func (s *Store) WebhooksWanted(ctx context.Context) (map[string][]webhooks.Kind, error) {
	out := map[string][]webhooks.Kind{}
	err := each(ctx, s.r, func(scan func(...any) error) error {
		var tenant, raw string
		var kinds []webhooks.Kind
		if err := scan(&tenant, &raw); err != nil {
			return err
		}
		err := fromJSON(raw, &kinds)
		for _, k := range kinds {
			if !slices.Contains(out[tenant], k) {
				out[tenant] = append(out[tenant], k)
			}
		}
		return err
	}, `SELECT e.tenant, e.kinds FROM webhook_endpoint e JOIN municipality m ON m.id = e.tenant WHERE e.off_at IS NULL AND m.suspended_at IS NULL`)
	return out, s.classify(err)
}

// TellWebhooks implements webhooks.Store.
func (s *Store) TellWebhooks(ctx context.Context, list []webhooks.Event) error {
	return s.write(ctx, func(t *tx) error {
		for _, ev := range list {
			if err := t.tell(ctx, ev); err != nil {
				return err
			}
		}
		return nil
	})
}

// EndedConsents are the events of the consents of a municipality whose last day was over within (from, to].
func (s *Store) EndedConsents(ctx context.Context, tenant string, from, to time.Time) (out []webhooks.Event, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var until int64
		e := webhooks.Event{Tenant: tenant, Kind: webhooks.KindConsent}
		err := scan(&e.Target, &e.CaseID, &until)
		e.At, e.Once = at(until), "ended/"+e.Target
		out = append(out, e)
		return err
	}, `SELECT id, case_id, valid_until FROM consent_record WHERE tenant = $1 AND valid_until > $2 AND valid_until <= $3 AND state IN ('granted', 'partial') ORDER BY valid_until, id`,
		tenant, micros(from), micros(to))
	return out, s.classify(err)
}
