package meeting

import (
	"context"
	"errors"

	"kasane/internal/papers"
	"kasane/internal/seal"
)

var errHeld = errors.New("meeting: the paper has to wait")

// signed prints a record and has it signed. A paper that hold says has to wait, because of what cannot be printed, is given back unsigned.
func (s *Service) signed(ctx context.Context, hold func(papers.Result) bool, print func(note string) (papers.Result, error)) (papers.Result, seal.State, error) {
	if s.Seal == nil {
		res, err := print("")
		return res, seal.Before, err
	}
	var res papers.Result
	out, err := s.Seal.Seal(ctx, func(note string) ([]byte, error) {
		var err error
		if res, err = print(note); err == nil && hold(res) {
			err = errHeld
		}
		return res.PDF, err
	})
	if errors.Is(err, errHeld) {
		return res, seal.Before, nil
	}
	res.PDF = out.PDF
	return res, out.State, err
}
