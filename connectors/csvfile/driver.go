package csvfile

import (
	"io"

	"bezlik/connectors"
	"bezlik/connectors/folder"
	"bezlik/connectors/textenc"
)

// Driver reads tables in files and streams.
var Driver = folder.Driver{
	Name:  "csv",
	Match: func(name string, head []byte) bool { return Match(name, head) >= 50 },
	Names: func(name string, _ []byte) bool { return named(name) },
	Open:  func(path, object string) (connectors.Source, error) { return Open(path, object, Options{}) },
	Stream: func(object string, r io.Reader) (connectors.Source, error) {
		return New(textenc.StreamInput(object, r), Options{}), nil
	},
}
