// Command day plays the weekdays of many municipalities and tells how many meetings run at once (docs/scale.md):
//
//	go run ./bench/day -towns 1741 -meetings 4
//
// A municipality holds so many meetings a month on the average, each on a weekday drawn by chance, lasting 60 to 90 minutes; of ten, seven begin between 13:00 and
// 15:00, for that is when agencies come together, and three between 9:30 and 11:00, at every quarter of an hour.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
)

const weekdays = 21 // of a month

var (
	towns    = flag.Int("towns", 1741, "municipalities")
	meetings = flag.Float64("meetings", 4, "meetings of one in a month")
	people   = flag.Int("people", 12, "in a meeting")
	days     = flag.Int("days", 2000, "days to play")
	seed     = flag.Uint64("seed", 1, "of the chance")
)

func main() {
	flag.Parse()
	rnd := rand.New(rand.NewPCG(*seed, 1))
	peaks := make([]int, *days)
	total := 0
	for d := range peaks {
		var n int
		peaks[d], n = day(rnd, float64(*towns)**meetings/weekdays)
		total += n
	}
	slices.Sort(peaks)
	at := func(part float64) int { return peaks[int(part*float64(len(peaks)-1))] }
	fmt.Printf("%d municipalities, %.1f meetings each a month, %d days: %.0f meetings a day; at once in the busiest minute of a day: %d on the middle day, %d on the busiest of 100, %d on the busiest of all; people: %d, %d, %d\n",
		*towns, *meetings, *days, float64(total)/float64(*days), at(0.5), at(0.99), at(1), at(0.5)**people, at(0.99)**people, at(1)**people)
}

// day plays one day on which mean meetings are to be expected, and tells how many ran at once at most, and how many there were.
func day(rnd *rand.Rand, mean float64) (peak, n int) {
	var running [24 * 60]int
	// As many as chance gives: each of very many municipalities holds one today or does not.
	for gap := rnd.ExpFloat64(); gap < mean; gap += rnd.ExpFloat64() {
		begin := 13*60 + 15*rnd.IntN(9)
		if rnd.IntN(10) >= 7 {
			begin = 9*60 + 30 + 15*rnd.IntN(7)
		}
		for minute := begin; minute < begin+60+rnd.IntN(31); minute++ {
			running[minute]++
		}
		n++
	}
	return slices.Max(running[:]), n
}
