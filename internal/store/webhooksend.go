package store

import (
	"context"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/webhooks"
)

// tell writes an event for the addresses that want it, in the transaction in which it becomes true. An address of an agency outside of the municipality gets what this agency may ask for.
func (t *tx) tell(ctx context.Context, ev webhooks.Event) error {
	type to struct {
		id, agency, kinds string
		made, city        int64
	}
	var list []to
	err := t.query(ctx, func(scan func(...any) error) error {
		var x to
		err := scan(&x.id, &x.agency, &x.kinds, &x.made, &x.city)
		if ev.Once == "" || x.made <= micros(ev.At) { // what ended before an address was there is not news to it
			list = append(list, x)
		}
		return err
	}, `SELECT e.id, e.agency_id, e.kinds, e.made_at, a.city FROM webhook_endpoint e JOIN agency a ON a.tenant = e.tenant AND a.id = e.agency_id
		WHERE e.tenant = $1 AND e.off_at IS NULL AND a.active = 1 ORDER BY e.id`, ev.Tenant)
	if err != nil || len(list) == 0 {
		return err
	}
	id := ev.EventID(t.now)
	for _, x := range list {
		var kinds []webhooks.Kind
		if err := fromJSON(x.kinds, &kinds); err != nil {
			return err
		}
		if !slices.Contains(kinds, ev.Kind) {
			continue
		}
		if x.city == 0 {
			if told, err := reaches(ctx, t, ev, x.agency); err != nil || !told {
				if err != nil {
					return err
				}
				continue
			}
		}
		d := webhooks.Delivery{Tenant: ev.Tenant, EndpointID: x.id, ID: id, Kind: ev.Kind, Body: ev.Body(), At: ev.At, State: webhooks.StateWaiting, Due: t.now}
		if err := queueDelivery(ctx, t, d); err != nil {
			return err
		}
	}
	return nil
}

// reaches tells whether an agency outside may be told of an event.
func reaches(ctx context.Context, t *tx, ev webhooks.Event, agency string) (bool, error) {
	query, of := `SELECT 1 FROM case_member WHERE tenant = $1 AND case_id = $2 AND agency_id = $3 AND ended_at IS NULL`, ev.CaseID
	switch ev.Kind.Reach() {
	case webhooks.ReachCity:
		return false, nil
	case webhooks.ReachSeat:
		query, of = `SELECT 1 FROM meeting_agency WHERE tenant = $1 AND meeting_id = $2 AND agency_id = $3`, ev.MeetingID
	}
	if slices.Contains(ev.Parties, agency) {
		return true, nil
	}
	var one int
	err := t.row(ctx, query, ev.Tenant, of, agency).Scan(&one)
	return err == nil, orMissing(err, nil)
}

func queueDelivery(ctx context.Context, t *tx, d webhooks.Delivery) error {
	_, err := t.exec(ctx, `INSERT INTO webhook_delivery (tenant, endpoint_id, id, kind, body, at, state, tries, claim, due_at, tried_at, ended_at, code, why)
		VALUES ($1,$2,$3,$4,$5,$6,$7,0,0,$8,NULL,NULL,0,'') ON CONFLICT (tenant, endpoint_id, id) DO NOTHING`, d.Tenant, d.EndpointID, d.ID, string(d.Kind), d.Body, micros(d.At), string(d.State), micros(d.Due))
	return err
}

// TestWebhook implements webhooks.Store.
func (s *Store) TestWebhook(ctx context.Context, d webhooks.Delivery, since time.Time, most int, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := webhookIsOn(ctx, t, d.Tenant, d.EndpointID); err != nil {
			return err
		}
		var n int
		if err := t.row(ctx, `SELECT COUNT(*) FROM webhook_delivery WHERE tenant = $1 AND endpoint_id = $2 AND kind = $3 AND at > $4`, d.Tenant, d.EndpointID, string(d.Kind), micros(since)).Scan(&n); err != nil {
			return err
		}
		if n >= most {
			return fault.Newf(fault.RateLimited, "テスト送信は、1時間に%d回までです。しばらく待ってください。", most)
		}
		if err := queueDelivery(ctx, t, d); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

func webhookIsOn(ctx context.Context, t *tx, tenant, id string) error {
	var off nullInt
	if err := t.row(ctx, `SELECT off_at FROM webhook_endpoint WHERE tenant = $1 AND id = $2`, tenant, id).Scan(&off); err != nil {
		return orMissing(err, noWebhook)
	}
	if off.Valid {
		return offWebhook
	}
	return nil
}

// AgainWebhook implements webhooks.Store.
func (s *Store) AgainWebhook(ctx context.Context, tenant, endpoint, id string, now time.Time, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if err := webhookIsOn(ctx, t, tenant, endpoint); err != nil {
			return err
		}
		var ended nullInt
		if err := t.row(ctx, `SELECT ended_at FROM webhook_delivery WHERE tenant = $1 AND endpoint_id = $2 AND id = $3`, tenant, endpoint, id).Scan(&ended); err != nil {
			return orMissing(err, fault.New(fault.NotFound, "この送信の記録はありません。古いものは消えます。"))
		}
		if !ended.Valid {
			return fault.New(fault.Conflict, "この通知は、まだ送信を続けています。")
		}
		if _, err := t.exec(ctx, `UPDATE webhook_delivery SET state = 'waiting', tries = 0, claim = claim + 1, due_at = $1, ended_at = NULL WHERE tenant = $2 AND endpoint_id = $3 AND id = $4`,
			micros(now), tenant, endpoint, id); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

const deliveryColumns = `d.tenant, d.endpoint_id, d.id, d.kind, d.body, d.at, d.state, d.tries, d.claim, d.due_at, d.tried_at, d.ended_at, d.code, d.why`

func scanDelivery(scan func(...any) error, more ...any) (o webhooks.Outgoing, err error) {
	var kind, state, why string
	var when, due int64
	var tried, ended nullInt
	err = scan(append([]any{&o.Tenant, &o.EndpointID, &o.ID, &kind, &o.Body, &when, &state, &o.Tries, &o.Claim, &due, &tried, &ended, &o.Code, &why}, more...)...)
	o.Kind, o.At, o.State, o.Due, o.TriedAt, o.EndedAt, o.Why = webhooks.Kind(kind), at(when), webhooks.State(state), at(due), atPtr(tried), atPtr(ended), webhooks.Why(why)
	return o, err
}

// WebhookDeliveries implements webhooks.Store.
func (s *Store) WebhookDeliveries(ctx context.Context, tenant, id string, limit int) (out []webhooks.Delivery, err error) {
	err = each(ctx, s.r, func(scan func(...any) error) error {
		o, err := scanDelivery(scan)
		out = append(out, o.Delivery)
		return err
	}, `SELECT `+deliveryColumns+` FROM webhook_delivery d WHERE d.tenant = $1 AND d.endpoint_id = $2 ORDER BY d.at DESC, d.id DESC LIMIT $3`, tenant, id, limit)
	return out, s.classify(err)
}

// ClaimWebhooks implements webhooks.Store. First the addresses for which something waits are asked for, so that one with much does not hide the others. A row is claimed by a conditional
// update: of two nodes one gets it. Neither this nor what ends a try is in the way of people: they lock rows of their own.
func (s *Store) ClaimWebhooks(ctx context.Context, now, until time.Time, limit, eachOne int) (out []webhooks.Outgoing, err error) {
	var to []webhooks.Endpoint
	err = each(ctx, s.r, func(scan func(...any) error) error {
		var p webhooks.Endpoint
		err := scan(&p.Tenant, &p.ID, &p.URL)
		to = append(to, p)
		return err
	}, `SELECT d.tenant, d.endpoint_id, e.url FROM webhook_delivery d JOIN webhook_endpoint e ON e.tenant = d.tenant AND e.id = d.endpoint_id JOIN agency a ON a.tenant = e.tenant AND a.id = e.agency_id
		JOIN municipality m ON m.id = d.tenant WHERE d.ended_at IS NULL AND d.due_at <= $1 AND e.off_at IS NULL AND a.active = 1 AND m.suspended_at IS NULL
		GROUP BY d.tenant, d.endpoint_id, e.url ORDER BY MIN(d.due_at), d.tenant, d.endpoint_id LIMIT $2`, micros(now), limit)
	if err != nil || len(to) == 0 { // the usual answer, found without a write
		return nil, s.classify(err)
	}
	var due []webhooks.Outgoing
	for _, p := range to {
		err := each(ctx, s.r, func(scan func(...any) error) error {
			o, err := scanDelivery(scan)
			o.URL = p.URL
			due = append(due, o)
			return err
		}, `SELECT `+deliveryColumns+` FROM webhook_delivery d WHERE d.tenant = $1 AND d.endpoint_id = $2 AND d.state IN ('waiting', 'sending') AND d.due_at <= $3 ORDER BY d.due_at, d.id LIMIT $4`,
			p.Tenant, p.ID, micros(now), min(eachOne, limit-len(due)))
		if err != nil {
			return nil, s.classify(err)
		}
		if len(due) == limit {
			break
		}
	}
	err = s.lockingWrite(ctx, func(t *tx) error {
		out = nil
		for _, o := range due {
			n, err := t.exec(ctx, `UPDATE webhook_delivery SET state = 'sending', tries = tries + 1, claim = claim + 1, due_at = $1
				WHERE tenant = $2 AND endpoint_id = $3 AND id = $4 AND claim = $5 AND ended_at IS NULL`, micros(until), o.Tenant, o.EndpointID, o.ID, o.Claim)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			o.Tries, o.Claim, o.State = o.Tries+1, o.Claim+1, webhooks.StateSending
			if o.Secrets, err = webhookSecrets(ctx, t, o, now); err != nil {
				return err
			}
			out = append(out, o)
		}
		return nil
	})
	return out, err
}

// webhookSecrets are those that sign at a moment, the one in force first.
func webhookSecrets(ctx context.Context, t *tx, o webhooks.Outgoing, now time.Time) (out []webhooks.Secret, err error) {
	err = t.query(ctx, func(scan func(...any) error) error {
		var made int64
		var until nullInt
		x := webhooks.Secret{EndpointID: o.EndpointID}
		err := scan(&x.Tenant, &x.ID, &x.Sealed, &made, &until)
		x.At, x.Until = at(made), atPtr(until)
		out = append(out, x)
		return err
	}, `SELECT tenant, id, sealed, made_at, until_at FROM webhook_secret WHERE tenant = $1 AND endpoint_id = $2 AND (until_at IS NULL OR until_at > $3) ORDER BY made_at DESC, id DESC`,
		o.Tenant, o.EndpointID, micros(now))
	return out, err
}

// EndWebhook implements webhooks.Store.
func (s *Store) EndWebhook(ctx context.Context, o webhooks.Outcome, e access.Entry) (off bool, err error) {
	err = s.lockingWrite(ctx, func(t *tx) error {
		off = false
		var ended, tried any = micros(o.At), micros(o.At)
		due, tries, code, why := micros(o.At), o.Tries, o.Code, o.Why
		if o.Result == webhooks.StateWaiting {
			ended, due = nil, micros(o.Due)
		}
		if o.Unbegun {
			tried, tries, code, why = microsPtr(o.TriedAt), o.Tries-1, o.Delivery.Code, o.Delivery.Why
		}
		n, err := t.exec(ctx, `UPDATE webhook_delivery SET state = $1, ended_at = $2, due_at = $3, tried_at = $4, tries = $5, code = $6, why = $7
			WHERE tenant = $8 AND endpoint_id = $9 AND id = $10 AND claim = $11`, string(o.Result), ended, due, tried, tries, code, string(why), o.Tenant, o.EndpointID, o.ID, o.Claim)
		if err != nil || n == 0 || o.Unbegun { // somebody else has it, or it was dropped
			return err
		}
		off, err = webhookFared(ctx, t, o, e)
		return err
	})
	return off && err == nil, err
}

// webhookFared writes what a try means for the address.
func webhookFared(ctx context.Context, t *tx, o webhooks.Outcome, e access.Entry) (off bool, err error) {
	if o.Result == webhooks.StateSent {
		_, err := t.exec(ctx, `UPDATE webhook_endpoint SET failing_since = NULL WHERE tenant = $1 AND id = $2 AND failing_since IS NOT NULL`, o.Tenant, o.EndpointID)
		return false, err
	}
	if o.Kind != webhooks.KindTest {
		if _, err := t.exec(ctx, `UPDATE webhook_endpoint SET failing_since = $1 WHERE tenant = $2 AND id = $3 AND failing_since IS NULL`, micros(o.At), o.Tenant, o.EndpointID); err != nil {
			return false, err
		}
	}
	why, before := webhooks.OffFailing, micros(o.FailingBefore)
	if o.Gone {
		why, before = webhooks.OffGone, micros(o.At)
	}
	n, err := t.exec(ctx, `UPDATE webhook_endpoint SET off_at = $1, off_why = $2 WHERE tenant = $3 AND id = $4 AND off_at IS NULL AND (failing_since <= $5 OR $2 = 'gone')`,
		micros(o.At), string(why), o.Tenant, o.EndpointID, before)
	if err != nil || n == 0 {
		return false, err
	}
	if err := dropDeliveries(ctx, t, o.Tenant, o.EndpointID, o.At); err != nil {
		return false, err
	}
	return true, t.audit(ctx, e)
}
