// Package forms keeps what each municipality has changed in its forms (様式): own fields and choices, other names, what it no longer asks. The forms themselves
// and the rules of a change are package sheets; here stands who changes them, from which day, and the book each municipality ends up with.
//
// A change is published whole, with the day from which it applies (適用開始日), and is never rewritten afterwards: a case is shown with the form of the day it was
// opened on. A change whose day has not come may be taken back.
package forms
