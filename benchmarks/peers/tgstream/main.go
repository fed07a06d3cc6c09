// Command tgstream reads a Telegram Desktop export message by message with encoding/json and does nothing with it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type message struct {
	ID       int64           `json:"id"`
	Date     string          `json:"date"`
	From     string          `json:"from"`
	FromID   string          `json:"from_id"`
	Text     json.RawMessage `json:"text"`
	Entities []struct {
		Type string `json:"type"`
		Text string `json:"text"`
	} `json:"text_entities"`
}

func main() {
	f, err := os.Open(os.Args[1])
	check(err)
	d := json.NewDecoder(f)
	for { // up to the beginning of the list of messages
		t, err := d.Token()
		check(err)
		if t == "messages" {
			break
		}
	}
	_, err = d.Token()
	check(err)
	messages, bytes := 0, 0
	for d.More() {
		var m message
		check(d.Decode(&m))
		messages++
		bytes += len(m.Text)
	}
	fmt.Println(messages, bytes)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "tgstream:", err)
		os.Exit(1)
	}
}
