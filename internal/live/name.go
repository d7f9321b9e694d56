package live

import (
	"strconv"
	"strings"
)

func wireName(id string, epoch int) string { return id + "." + strconv.Itoa(epoch) }

// ParseName takes a document's name on the wire apart.
func ParseName(name string) (id string, epoch int, ok bool) {
	id, num, ok := strings.Cut(name, ".")
	if !ok || !nameForm.MatchString(id) {
		return "", 0, false
	}
	epoch, err := strconv.Atoi(num)
	if err != nil || epoch < 1 || strconv.Itoa(epoch) != num {
		return "", 0, false
	}
	return id, epoch, true
}
