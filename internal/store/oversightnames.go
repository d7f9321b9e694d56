package store

import (
	"context"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/oversight"
)

// nameBatch bounds the ids of one statement.
const nameBatch = 400

// named runs a statement for ids in batches; the statement ends where the list of ids stands.
func named(ctx context.Context, t *tx, sc access.Scope, ids []string, query string, fn func(scan func(...any) error) error) error {
	for some := range slices.Chunk(ids, nameBatch) {
		var p params
		where := auditScope(sc, &p, "x.tenant")
		in := make([]string, len(some))
		for i, id := range some {
			in[i] = p.add(id)
		}
		if err := t.query(ctx, fn, query+` WHERE `+where+` AND x.id IN (`+strings.Join(in, ",")+`)`, p.v...); err != nil {
			return err
		}
	}
	return nil
}

// keep puts a value into a map that is made when it is needed.
func keep[V any](m *map[string]V, key string, v V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = v
}

// AuditNames implements oversight.Names.
func (s *Store) AuditNames(ctx context.Context, sc access.Scope, ask oversight.Ask) (out oversight.Named, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = oversight.Named{}
		staff := func(guest bool) func(scan func(...any) error) error {
			return func(scan func(...any) error) error {
				var id string
				v := oversight.Staff{Guest: guest}
				err := scan(&id, &v.Name, &v.Post)
				keep(&out.Users, id, v)
				return err
			}
		}
		if err := named(ctx, t, sc, ask.Users, `SELECT x.id, x.name, x.post FROM app_user x`, staff(false)); err != nil {
			return err
		}
		if err := named(ctx, t, sc, ask.Users, `SELECT x.id, x.name, x.post FROM guest_link x`, staff(true)); err != nil {
			return err
		}
		if err := named(ctx, t, sc, ask.Users, `SELECT x.id, '連携:' || x.name, '' FROM api_token x`, staff(false)); err != nil {
			return err
		}
		pair := func(into *map[string]string) func(scan func(...any) error) error {
			return func(scan func(...any) error) error {
				var id, name string
				err := scan(&id, &name)
				keep(into, id, name)
				return err
			}
		}
		if err := named(ctx, t, sc, ask.Agencies, `SELECT x.id, x.name FROM agency x`, pair(&out.Agencies)); err != nil {
			return err
		}
		if err := named(ctx, t, sc, ask.Cases, `SELECT x.id, x.number FROM case_file x`, pair(&out.Cases)); err != nil {
			return err
		}
		return named(ctx, t, sc, ask.Docs, `SELECT x.id, x.kind, x.owner_id, x.person_id, x.item, x.head FROM doc x`, func(scan func(...any) error) error {
			d, err := scanOversightDoc(scan)
			keep(&out.Docs, d.ID, d)
			return err
		})
	})
	return out, err
}

func scanOversightDoc(scan func(...any) error) (d oversight.Doc, err error) {
	var item string
	var head int64
	err = scan(&d.ID, &d.Kind, &d.Owner, &d.Person, &item, &head)
	d.Item, d.Empty = consent.Item(item), head == 0
	return d, err
}

// CaseNumbered implements oversight.Names.
func (s *Store) CaseNumbered(ctx context.Context, sc access.Scope, number string) (id string, err error) {
	err = s.read(ctx, func(t *tx) error {
		var p params
		where := auditScope(sc, &p, "x.tenant") + unbarred(sc, &p, "x.tenant", "x.id")
		return orMissing(t.row(ctx, `SELECT x.id FROM case_file x WHERE `+where+` AND x.number = `+p.add(number), p.v...).Scan(&id), noCase)
	})
	return id, err
}

// IncidentCase implements oversight.Names.
func (s *Store) IncidentCase(ctx context.Context, sc access.Scope, caseID string) (out oversight.CaseFacts, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = oversight.CaseFacts{Plans: map[string]string{}, Records: map[string]oversight.Record{}, Evidence: map[string]string{}, Handouts: map[string]oversight.Doc{}}
		var p params
		where := holderScope(sc, &p, "x.tenant") + unbarred(sc, &p, "x.tenant", "x.id")
		if err := t.row(ctx, `SELECT x.number FROM case_file x WHERE `+where+` AND x.id = `+p.add(caseID), p.v...).Scan(&out.Number); err != nil {
			return orMissing(err, noCase)
		}
		return caseFacts(ctx, t, sc.Tenant, caseID, &out)
	})
	if err != nil {
		return oversight.CaseFacts{}, err
	}
	return out, nil
}

// caseFacts reads the parts of a case that is in scope.
func caseFacts(ctx context.Context, t *tx, tenant, caseID string, out *oversight.CaseFacts) error {
	persons, err := personsOf(ctx, t, tenant, caseID)
	if err != nil {
		return err
	}
	for i, p := range persons {
		out.Persons = append(out.Persons, oversight.Person{ID: p.ID, Name: p.Name, Kana: p.Kana, Ord: i + 1, AddressSecret: p.AddressSecret})
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		d, err := scanOversightDoc(scan)
		out.Docs = append(out.Docs, d)
		return err
	}, `SELECT id, kind, owner_id, person_id, item, head FROM doc WHERE tenant = $1 AND case_id = $2 ORDER BY id`, tenant, caseID)
	if err != nil {
		return err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var id, plan string
		err := scan(&id, &plan)
		out.Plans[id] = plan
		return err
	}, `SELECT id, plan_id FROM meeting WHERE tenant = $1 AND case_id = $2`, tenant, caseID)
	if err != nil {
		return err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var id string
		var r oversight.Record
		err := scan(&id, &r.Kind, &r.Meeting)
		out.Records[id] = r
		return err
	}, `SELECT id, kind, meeting_id FROM archive_record WHERE tenant = $1 AND case_id = $2`, tenant, caseID)
	if err != nil {
		return err
	}
	err = t.query(ctx, func(scan func(...any) error) error {
		var id, person, item string
		err := scan(&id, &person, &item)
		out.Handouts[id] = oversight.Doc{ID: id, Person: person, Item: consent.Item(item)}
		return err
	}, `SELECT id, person_id, item FROM handout WHERE tenant = $1 AND case_id = $2`, tenant, caseID)
	if err != nil {
		return err
	}
	return t.query(ctx, func(scan func(...any) error) error {
		var file, person string
		err := scan(&file, &person)
		out.Evidence[file] = person
		return err
	}, `SELECT evidence_file, person_id FROM consent_record WHERE tenant = $1 AND case_id = $2 AND evidence_file <> ''
		UNION SELECT w.evidence_file, r.person_id FROM consent_withdrawal w JOIN consent_record r ON r.tenant = w.tenant AND r.id = w.record_id
		WHERE r.tenant = $1 AND r.case_id = $2 AND w.evidence_file <> ''`, tenant, caseID)
}

// OversightSettings implements oversight.Desk.
func (s *Store) OversightSettings(ctx context.Context, sc access.Scope) (v oversight.Settings, set bool, err error) {
	err = s.read(ctx, func(t *tx) error {
		v, set = oversight.Settings{}, false
		var p params
		var body string
		err := t.row(ctx, `SELECT x.body FROM oversight_setting x WHERE `+auditScope(sc, &p, "x.tenant"), p.v...).Scan(&body)
		if err != nil {
			return orMissing(err, nil)
		}
		set = true
		return fromJSON(body, &v)
	})
	return v, set, err
}

// SaveOversightSettings implements oversight.Desk.
func (s *Store) SaveOversightSettings(ctx context.Context, tenant string, v oversight.Settings, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO oversight_setting (tenant, body, at) VALUES ($1,$2,$3)
			ON CONFLICT (tenant) DO UPDATE SET body = excluded.body, at = excluded.at`, tenant, toJSON(v), micros(t.now)); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// SaveIncident implements oversight.Desk.
func (s *Store) SaveIncident(ctx context.Context, i oversight.Incident, e access.Entry) error {
	return s.write(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, `INSERT INTO incident_export (tenant, id, at, user_id, agency_id, reason, note, filter, persons, entries)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, i.Tenant, i.ID, micros(i.At), i.UserID, i.AgencyID, i.Reason, i.Note, toJSON(i.Filter), i.Persons, i.Entries); err != nil {
			return err
		}
		return t.audit(ctx, e)
	})
}

// barredNumbers are the numbers of the cases a user is kept from (利害関係者の閲覧遮断).
func barredNumbers(ctx context.Context, t *tx, sc access.Scope) (map[string]bool, error) {
	out := map[string]bool{}
	return out, t.query(ctx, func(scan func(...any) error) error {
		var number string
		err := scan(&number)
		out[number] = true
		return err
	}, `SELECT x.number FROM case_file x JOIN case_bar b ON b.tenant = x.tenant AND b.case_id = x.id WHERE b.tenant = $1 AND b.user_id = $2`, sc.Tenant, sc.UserID)
}

// Incidents implements oversight.Desk.
func (s *Store) Incidents(ctx context.Context, sc access.Scope) (out []oversight.Incident, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		barred, err := barredNumbers(ctx, t, sc)
		if err != nil {
			return err
		}
		var p params
		where := holderScope(sc, &p, "x.tenant")
		return t.query(ctx, func(scan func(...any) error) error {
			var i oversight.Incident
			var us int64
			var filter string
			if err := scan(&i.Tenant, &i.ID, &us, &i.UserID, &i.AgencyID, &i.Reason, &i.Note, &filter, &i.Persons, &i.Entries); err != nil {
				return err
			}
			i.At = at(us)
			err := fromJSON(filter, &i.Filter)
			if !barred[strings.TrimSpace(i.Filter.Case)] {
				out = append(out, i)
			}
			return err
		}, `SELECT x.tenant, x.id, x.at, x.user_id, x.agency_id, x.reason, x.note, x.filter, x.persons, x.entries FROM incident_export x
			WHERE `+where+` ORDER BY x.at DESC, x.id DESC LIMIT 100`, p.v...)
	})
	return out, err
}
