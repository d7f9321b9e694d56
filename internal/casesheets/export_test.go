package casesheets

import "strings"

// Remark puts the right sum behind a mark that was changed.
func Remark(s string) string {
	i := strings.LastIndexByte(s, '|')
	return s[:i+1] + markSum(s[:i])
}
