package live

import "maps"

// SchemaMaps are the declarations in schema.go that Fields reads: TestHostileFields holds the file against them.
var SchemaMaps = []string{"planHeader", "planTexts", "prepTexts", "planRows", "cellValues", "cellTexts", "minutesRows", "sectionRows"}

// Fields are all keys of a kind of document, with one row of each kind and one column: scalars, and texts with their limits. Those of sheets are elsewhere.
func Fields(kind Kind, row, column string) (values []string, texts map[string]int) {
	texts = map[string]int{}
	rows := func(kinds map[string]rowKind) {
		for name, k := range kinds {
			at := name + "/" + row + "/"
			values = append(values, at+"ord", at+"del")
			for v := range k.values {
				values = append(values, at+v)
			}
			for v, limit := range k.texts {
				texts[at+v] = limit
			}
		}
	}
	switch kind {
	case KindPlan:
		for v := range planHeader {
			values = append(values, v)
		}
		maps.Copy(texts, planTexts)
		rows(planRows)
		at := "cell/" + row + "/" + column + "/"
		for v := range cellValues {
			values = append(values, at+v)
		}
		for v, limit := range cellTexts {
			texts[at+v] = limit
		}
	case KindMinutes:
		rows(minutesRows)
	case KindPrep:
		maps.Copy(texts, prepTexts)
	case KindSection:
		rows(sectionRows)
	}
	return values, texts
}

// LimitOfSheets is the limit of a text of a sheet.
const LimitOfSheets = limitProse
