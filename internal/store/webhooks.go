package store

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/webhooks"
)

var (
	noWebhook  = fault.New(fault.NotFound, "この送信先はありません。すでに削除されているかもしれません。")
	offWebhook = fault.New(fault.Conflict, "この送信先は止めています。使うときは、先に送信を始めてください。")
)

const webhookColumns = `e.tenant, e.id, e.agency_id, a.name, a.city, e.url, e.note, e.kinds, e.made_at, e.made_by, e.made_name, e.off_at, e.off_why, e.failing_since,
	(SELECT COUNT(*) FROM webhook_delivery d WHERE d.tenant = e.tenant AND d.endpoint_id = e.id AND d.state IN ('waiting', 'sending')),
	(SELECT MAX(d.ended_at) FROM webhook_delivery d WHERE d.tenant = e.tenant AND d.endpoint_id = e.id AND d.state = 'sent'),
	(SELECT MAX(x.until_at) FROM webhook_secret x WHERE x.tenant = e.tenant AND x.endpoint_id = e.id AND x.until_at > $2)`

const webhookFrom = ` FROM webhook_endpoint e JOIN agency a ON a.tenant = e.tenant AND a.id = e.agency_id WHERE e.tenant = $1`

func scanWebhook(scan func(...any) error) (p webhooks.Endpoint, err error) {
	var kinds, why string
	var city, made int64
	var off, failing, sent, old nullInt
	if err := scan(&p.Tenant, &p.ID, &p.AgencyID, &p.AgencyName, &city, &p.URL, &p.Note, &kinds, &made, &p.By, &p.ByName, &off, &why, &failing, &p.Waiting, &sent, &old); err != nil {
		return p, err
	}
	p.City, p.At, p.OffAt, p.OffWhy, p.FailingSince, p.SentAt, p.OldUntil = city != 0, at(made), atPtr(off), webhooks.OffWhy(why), atPtr(failing), atPtr(sent), atPtr(old)
	return p, fromJSON(kinds, &p.Kinds)
}

// Webhooks implements webhooks.Store.
func (s *Store) Webhooks(ctx context.Context, tenant string, now time.Time) (out []webhooks.Endpoint, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		p, err := scanWebhook(scan)
		out = append(out, p)
		return err
	}, `SELECT `+webhookColumns+webhookFrom+` ORDER BY e.made_at DESC, e.id DESC`, tenant, micros(now))
	return out, s.classify(err)
}

// Webhook implements webhooks.Store.
func (s *Store) Webhook(ctx context.Context, tenant, id string, now time.Time) (p webhooks.Endpoint, err error) {
	err = s.read(ctx, func(t *tx) error {
		p, err = scanWebhook(t.row(ctx, `SELECT `+webhookColumns+webhookFrom+` AND e.id = $3`, tenant, micros(now), id).Scan)
		return orMissing(err, noWebhook)
	})
	return p, err
}

// AddWebhook implements webhooks.Store. The count of addresses is bounded where it is written.
func (s *Store) AddWebhook(ctx context.Context, p webhooks.Endpoint, x webhooks.Secret, most int, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := agencyExists(ctx, t, p.Tenant, p.AgencyID); err != nil {
			return err
		}
		if err := t.must(ctx, fault.Newf(fault.Conflict, "送信先は%d件までです。使っていないものを削除してから加えてください。", most),
			`INSERT INTO webhook_endpoint (tenant, id, agency_id, url, note, kinds, made_at, made_by, made_name, off_at, off_why, failing_since)
			SELECT $1, $2, $3, $4, $5, $6, CAST($7 AS BIGINT), $8, $9, CAST(NULL AS BIGINT), '', CAST(NULL AS BIGINT) WHERE (SELECT COUNT(*) FROM webhook_endpoint WHERE tenant = $1) < $10`,
			p.Tenant, p.ID, p.AgencyID, p.URL, p.Note, listJSON(p.Kinds), micros(p.At), p.By, p.ByName, most); err != nil {
			return err
		}
		if err := addWebhookSecret(ctx, t, x); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func addWebhookSecret(ctx context.Context, t *tx, x webhooks.Secret) error {
	_, err := t.exec(ctx, `INSERT INTO webhook_secret (tenant, id, endpoint_id, sealed, made_at, until_at) VALUES ($1,$2,$3,$4,$5,NULL)`, x.Tenant, x.ID, x.EndpointID, x.Sealed, micros(x.At))
	return err
}

// SaveWebhook implements webhooks.Store.
func (s *Store) SaveWebhook(ctx context.Context, p webhooks.Endpoint, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.must(ctx, noWebhook, `UPDATE webhook_endpoint SET url = $1, note = $2, kinds = $3, off_at = $4, off_why = $5, failing_since = $6 WHERE tenant = $7 AND id = $8`,
			p.URL, p.Note, listJSON(p.Kinds), microsPtr(p.OffAt), string(p.OffWhy), microsPtr(p.FailingSince), p.Tenant, p.ID); err != nil {
			return err
		}
		if p.OffAt != nil {
			if err := dropDeliveries(ctx, t, p.Tenant, p.ID, t.now); err != nil {
				return err
			}
		}
		return t.audit(ctx, e)
	})
}

// dropDeliveries ends what waits for an address that is off.
func dropDeliveries(ctx context.Context, t *tx, tenant, endpoint string, now time.Time) error {
	_, err := t.exec(ctx, `UPDATE webhook_delivery SET state = 'dropped', ended_at = $1, claim = claim + 1 WHERE tenant = $2 AND endpoint_id = $3 AND ended_at IS NULL`, micros(now), tenant, endpoint)
	return err
}

// RemoveWebhook implements webhooks.Store.
func (s *Store) RemoveWebhook(ctx context.Context, tenant, id string, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		for _, from := range []string{`webhook_delivery WHERE tenant = $1 AND endpoint_id = $2`, `webhook_secret WHERE tenant = $1 AND endpoint_id = $2`} {
			if _, err := t.exec(ctx, `DELETE FROM `+from, tenant, id); err != nil {
				return err
			}
		}
		if err := t.must(ctx, noWebhook, `DELETE FROM webhook_endpoint WHERE tenant = $1 AND id = $2`, tenant, id); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// ChangeWebhookSecret implements webhooks.Store.
func (s *Store) ChangeWebhookSecret(ctx context.Context, x webhooks.Secret, old time.Time, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		var there int
		if err := t.row(ctx, `SELECT 1 FROM webhook_endpoint WHERE tenant = $1 AND id = $2`, x.Tenant, x.EndpointID).Scan(&there); err != nil {
			return orMissing(err, noWebhook)
		}
		if _, err := t.exec(ctx, `DELETE FROM webhook_secret WHERE tenant = $1 AND endpoint_id = $2 AND until_at IS NOT NULL`, x.Tenant, x.EndpointID); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE webhook_secret SET until_at = $1 WHERE tenant = $2 AND endpoint_id = $3`, micros(old), x.Tenant, x.EndpointID); err != nil {
			return err
		}
		if err := addWebhookSecret(ctx, t, x); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// PruneWebhooks implements webhooks.Store.
func (s *Store) PruneWebhooks(ctx context.Context, before, now time.Time) error {
	var old int64
	if err := s.r.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM webhook_delivery WHERE at < $1) + (SELECT COUNT(*) FROM webhook_secret WHERE until_at <= $2)`, micros(before), micros(now)).Scan(&old); err != nil || old == 0 {
		return s.classify(err)
	}
	return s.lockingWrite(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `DELETE FROM webhook_delivery WHERE at < $1`, micros(before)); err != nil {
			return err
		}
		_, err := t.exec(ctx, `DELETE FROM webhook_secret WHERE until_at <= $1`, micros(now))
		return err
	})
}

// WebhookHealth implements webhooks.Store.
func (s *Store) WebhookHealth(ctx context.Context, tenant string, since time.Time) (h webhooks.Health, err error) {
	err = s.read(ctx, func(t *tx) error {
		return t.row(ctx, `SELECT COALESCE(SUM(CASE WHEN off_at IS NULL THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN off_at IS NULL AND failing_since IS NOT NULL THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN off_why IN ('gone', 'failing') THEN 1 ELSE 0 END), 0),
			COALESCE(SUM((SELECT COUNT(*) FROM webhook_delivery d WHERE d.tenant = e.tenant AND d.endpoint_id = e.id AND d.state = 'failed' AND d.ended_at > $3 AND d.kind <> $2)), 0)
		FROM webhook_endpoint e WHERE e.tenant = $1`, tenant, string(webhooks.KindTest), micros(since)).Scan(&h.On, &h.Failing, &h.Off, &h.GivenUp)
	})
	return h, err
}
