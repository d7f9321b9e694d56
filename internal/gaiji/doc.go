// Package gaiji keeps the 外字 of a municipality: characters of people's names that no face can print, each with its code,
// its reading and its drawing.
//
// A 外字 is written in texts as one character of Unicode, with or without a variation selector. Private-use characters
// are never stored in Kasane, because they mean something else on every computer. Where no face prints the character as
// written, papers draw the picture; where a face does, the face is taken, so nobody can register a drawing that turns one
// name into another.
//
// A drawing is a PNG. It is read once, made 256 × 256 dots of black and white and written anew: what is kept and shown is
// never the file that was sent. It is far from the size of any text that is printed, so it counts as sharp as a face.
package gaiji
