// Command jsonmap unmarshals each line of a file into a map with encoding/json and does nothing with it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

func main() {
	f, err := os.Open(os.Args[1])
	check(err)
	r := bufio.NewReaderSize(f, 1<<16)
	records, keys := 0, 0
	for {
		line, err := r.ReadBytes('\n')
		if len(line) > 0 {
			var m map[string]any
			check(json.Unmarshal(line, &m))
			records++
			keys += len(m)
		}
		if err == io.EOF {
			break
		}
		check(err)
	}
	fmt.Println(records, keys)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "jsonmap:", err)
		os.Exit(1)
	}
}
