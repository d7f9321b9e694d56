package store

import "context"

// Town is how much an installation holds of one municipality.
type Town struct {
	ID, Name, Code         string
	Users, Cases, Meetings int
	Records                int
}

// Towns lists the municipalities with what is held of each, in the order of their codes.
func (s *Store) Towns(ctx context.Context) (out []Town, err error) {
	err = s.read(ctx, func(t *tx) error {
		out = nil
		return t.query(ctx, func(scan func(...any) error) error {
			var x Town
			err := scan(&x.ID, &x.Name, &x.Code, &x.Users, &x.Cases, &x.Meetings, &x.Records)
			out = append(out, x)
			return err
		}, `SELECT m.id, m.name, m.code,
			(SELECT COUNT(*) FROM app_user u WHERE u.tenant = m.id),
			(SELECT COUNT(*) FROM case_file c WHERE c.tenant = m.id),
			(SELECT COUNT(*) FROM meeting g WHERE g.tenant = m.id),
			(SELECT COUNT(*) FROM archive_record r WHERE r.tenant = m.id)
			FROM municipality m ORDER BY m.code, m.id`)
	})
	return out, err
}
