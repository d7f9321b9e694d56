package files

import "fmt"

// Mover makes what a municipality has sealed open with its own keys alone, so that it can leave the installation.
type Mover struct {
	town  Ring
	house Ring
}

// NewMover takes the ring of the municipality and that of its installation.
func NewMover(town, house Ring) Mover { return Mover{town, house} }

// own tells whether a key of the municipality sealed it.
func (m Mover) own(sealed []byte) bool {
	id, named := SealedBy(sealed)
	if _, house := m.house.find(id); !named || house {
		return false
	}
	_, ok := m.town.find(id)
	return ok
}

// File gives a file's sealed bytes under a key of the municipality.
func (m Mover) File(f File, sealed []byte) ([]byte, error) {
	if m.own(sealed) {
		return sealed, nil
	}
	plain, err := m.town.open(f, sealed)
	if err != nil {
		return nil, fmt.Errorf("files: %s does not open: %w", f.ID, err)
	}
	return m.town.seal(f, plain), nil
}

// Secret is File for a secret.
func (m Mover) Secret(place string, sealed []byte) ([]byte, error) {
	if m.own(sealed) {
		return sealed, nil
	}
	plain, err := m.town.OpenSecret(place, sealed)
	if err != nil {
		return nil, fmt.Errorf("files: a secret does not open: %w", err)
	}
	return m.town.SealSecret(place, plain), nil
}
