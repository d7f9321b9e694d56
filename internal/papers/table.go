package papers

// What the matrix says in the same words wherever it stands: on paper and in a spreadsheet.

// Heading is the head of the column: the agency with what has to be known of it.
func (a MatrixAgency) Heading() string { return columnHead(a) }

// Period is from when until when, in 和暦.
func (c MatrixCell) Period() string { return cellPeriod(c) }

// Label is the wording of the role's sign.
func (c MatrixCell) Label() string { return codeLabel(c.Code) }

// Legend explains the signs.
func Legend() string { return legend() }

// Withheld is what stands in the place of a text the reader may not see.
const Withheld = withheld
