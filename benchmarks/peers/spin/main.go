// Command spin N M keeps N goroutines busy with M million steps each. On an idle machine of N cores, spin 1 and
// spin N take equally long; when they do not, something else had a core, and wall times mean nothing.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: spin GOROUTINES MILLIONS")
		os.Exit(2)
	}
	n, err1 := strconv.Atoi(os.Args[1])
	steps, err2 := strconv.Atoi(os.Args[2])
	if err1 != nil || err2 != nil {
		fmt.Fprintln(os.Stderr, "spin: both arguments are numbers")
		os.Exit(2)
	}
	sums := make([]uint64, n*8) // a cache line each
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			x := uint64(i + 1)
			for range steps * 1_000_000 {
				x = x*6364136223846793005 + 1442695040888963407
			}
			sums[i*8] = x
		})
	}
	wg.Wait()
	var all uint64
	for _, s := range sums {
		all ^= s
	}
	fmt.Println(all)
}
