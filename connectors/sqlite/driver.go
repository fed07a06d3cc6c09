package sqlite

import (
	"bezlik/connectors"
	"bezlik/connectors/folder"
)

// Driver reads SQLite in files.
var Driver = folder.Driver{
	Name:  "sqlite",
	Match: Match,
	Names: Match,
	Holds: true,
	Open:  func(path, object string) (connectors.Source, error) { return Open(path, object) },
}
