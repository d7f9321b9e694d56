package figures

// smallest is the least count of people or cases that may leave the office as it is: domain rule, fewer than five are shown as 「*」.
const smallest = 5

// hidden tells which of the values of a line are not shown, and whether its total is not. Small ones are not, and neither are as many more as it takes that nobody
// finds a small one by subtracting: what is hidden is two values at least, and their sum is not small either. A 0 says nothing of anybody and stays.
func hidden(values []int, total int, summed bool) (cells []bool, sum bool) {
	cells = make([]bool, len(values))
	n, of := 0, 0
	hide := func(i int) { cells[i], n, of = true, n+1, of+values[i] }
	for i, v := range values {
		if v > 0 && v < smallest {
			hide(i)
		}
	}
	sum = total > 0 && total < smallest
	if n == 0 || sum || !summed {
		return cells, sum
	}
	for n < 2 || of < smallest {
		next := -1
		for i, v := range values {
			if v > 0 && !cells[i] && (next < 0 || v < values[next]) {
				next = i
			}
		}
		if next < 0 {
			return cells, true // nothing left to hide it behind
		}
		hide(next)
	}
	return cells, false
}
