// Package pdfa makes an archive file of a drawn one: PDF/A-2a and PDF/UA-1, or PDF/A-3a when the file carries what it was made from.
//
// The drawing library writes a plain old PDF with an untrue text layer and nothing that archiving asks for. Because
// its layout is plain (classic cross-reference table, one object after another), Rewrite can take the objects apart,
// replace some whole, append others and renumber nothing: true ToUnicode maps (beyond the BMP, variation selectors),
// XMP metadata, an sRGB output intent, an /ID, the outline, the structure tree, the language. It refuses a file that
// does not look exactly as expected. Lint reads a finished
// file again and says what is wrong with it.
package pdfa
