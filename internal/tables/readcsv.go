package tables

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"kasane/internal/fault"
)

// openCSV reads a CSV in UTF-8 (with or without a mark), in UTF-16 with a mark (「Unicode テキスト」), or in CP932.
func openCSV(file []byte) (Read, error) {
	text, form, err := decoded(file)
	if err != nil {
		return Read{}, err
	}
	if strings.ContainsRune(text, 0) {
		return Read{}, fault.New(fault.Invalid, "このファイルは表ではありません。ExcelのファイルかCSVを選んでください。")
	}
	sheet := ReadSheet{Name: "CSV"}
	if err := sheet.readCSV(text, separatorOf(text)); err != nil {
		return Read{}, err
	}
	return Read{Form: form, Sheets: []ReadSheet{sheet}}, nil
}

// decoded finds the encoding out. What is sound UTF-8 is UTF-8; a text in CP932 is that by no chance.
func decoded(file []byte) (string, Form, error) {
	for mark, order := range map[string]binary.ByteOrder{"\xFF\xFE": binary.LittleEndian, "\xFE\xFF": binary.BigEndian} {
		if bytes.HasPrefix(file, []byte(mark)) {
			return fromUTF16(file[2:], order)
		}
	}
	plain, marked := bytes.CutPrefix(file, []byte(bom))
	if utf8.Valid(plain) {
		return string(plain), FormCSV, nil
	}
	if marked {
		return "", "", notText(plain)
	}
	out, err := japanese.ShiftJIS.NewDecoder().Bytes(file)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", "", notText(file)
	}
	return string(out), FormCP932, nil
}

// notText names the line up to which a file can be read.
func notText(file []byte) error {
	line := 1
	for l := range bytes.Lines(file) {
		out, err := japanese.ShiftJIS.NewDecoder().Bytes(l)
		if !utf8.Valid(l) && (err != nil || bytes.ContainsRune(out, utf8.RuneError)) {
			break
		}
		line++
	}
	return fault.Newf(fault.Invalid, "文字として読めない部分があります（%d行目の近く）。Excelで開き、「CSV UTF-8（コンマ区切り）」か「Excelブック（.xlsx）」で保存し直してください。", line)
}

func fromUTF16(b []byte, order binary.ByteOrder) (string, Form, error) {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	text := string(utf16.Decode(units))
	if len(b)%2 != 0 || strings.ContainsRune(text, utf8.RuneError) {
		return "", "", notText([]byte{0xFF})
	}
	return text, FormCSV, nil
}

// separatorOf is the tab where the first line has one and no comma.
func separatorOf(text string) byte {
	first, _, _ := strings.Cut(text, "\n")
	if strings.Contains(first, "\t") && !strings.Contains(first, ",") {
		return '\t'
	}
	return ','
}

// readCSV reads the fields. Rows are counted as a spreadsheet counts them: an empty line is a row, a line feed within quotes is none.
func (s *ReadSheet) readCSV(text string, separator byte) error {
	var b budget
	row, column := 0, 0
	for i := 0; i < len(text); {
		field, n, err := csvField(text[i:], separator)
		if err != nil {
			return fault.Newf(fault.Invalid, "CSVの%d行目で、引用符（\"）の対応が取れません。Excelで開き、保存し直してください。", row+1)
		}
		if err := s.put(row, column, plainText(field), &b); err != nil {
			return err
		}
		switch i += n; {
		case i >= len(text):
		case text[i] == separator:
			column++
			i++
		default:
			if strings.HasPrefix(text[i:], "\r\n") {
				i++
			}
			row, column = row+1, 0
			i++
		}
	}
	return nil
}

var errQuotes = fault.New(fault.Invalid, "")

// csvField takes one field from the beginning of a text and tells how many bytes it has.
func csvField(text string, separator byte) (field string, n int, err error) {
	if text[0] != '"' {
		if n = strings.IndexAny(text, string(separator)+"\r\n"); n < 0 {
			n = len(text)
		}
		return text[:n], n, nil
	}
	var out strings.Builder
	for n = 1; n < len(text); n++ {
		switch {
		case text[n] != '"':
			out.WriteByte(text[n])
		case strings.HasPrefix(text[n:], `""`):
			out.WriteByte('"')
			n++
		default:
			if n++; n < len(text) && text[n] != separator && text[n] != '\r' && text[n] != '\n' {
				return "", 0, errQuotes
			}
			return lines1(out.String()), n, nil
		}
	}
	return "", 0, errQuotes
}

// lines1 makes every end of a line within a field one line feed.
func lines1(s string) string { return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s) }
