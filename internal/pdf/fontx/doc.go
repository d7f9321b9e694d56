// Package fontx reads a TrueType (glyf) font once and cuts from it, for one document, a tiny font that holds
// only the glyphs the document draws.
//
// The drawing library knows 16-bit character codes alone; a name such as 𠮷 (beyond the BMP) or 邉 with a
// variation selector makes it fail. So the cut font is re-encoded: a plain BMP character keeps its own code,
// everything else is put on a private-use code, and Subset remembers which text each code stands for, so that
// the PDF's text layer can say what was meant.
//
// A Font never changes after Parse and is safe to share between goroutines. A Subset belongs to one document.
package fontx
