// Package text checks what people type before it is stored, and counts it the way people count.
//
// Stored text is never normalised or composed: a name comes back code point by code point as it was entered. So the only
// thing that can be done with bad text is to refuse it, with a message that says what is wrong. What is refused: text that
// is not UTF-8, control characters (but line feed and tab where lines are allowed), characters that turn the
// direction of writing, private-use code points and unassigned noncharacters.
//
// It is the only importer of uniseg.
package text
