// Package demo makes the demonstration municipality: 重ね市, its agencies and people, four households written out in full, and four short cases beside them, one for each kind of thing that is late.
//
// Everything goes through the public services, with the days moved by a clock of its own, so the demo is real input: what a
// service refuses, the demo cannot contain. Days are counted from the day of seeding, so the demo is always fresh. Nobody in it
// exists. The names are chosen because they hurt: characters beyond the BMP, variation selectors, compatibility
// ideographs, Latin names with long aliases.
//
// The content is data (house1.go … house4.go, people.go); seed.go turns it into deeds.
package demo
