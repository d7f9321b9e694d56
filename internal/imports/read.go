package imports

// Date reads a day in any of the ways in which it stands in a table; ISO.
func Date(s string) (string, error) { return readDate(s) }

// Flag reads yes and no, by their words and by their signs.
func Flag(s string) (value, ok bool) { return readFlag(s) }

// Number reads a number with what stands around it in tables.
func Number(s string) (float64, bool) { return readNumber(s) }

// LostZero tells whether a telephone number stands there without its 0, as a spreadsheet leaves it.
func LostZero(s string) bool { return lostZero(s) }
