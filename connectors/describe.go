package connectors

import "context"

// A Describer is a Source that can tell the fields of its objects without reading a value: from a catalogue, or from a
// row of names. It needs no right to read one, either.
type Describer interface {
	// Describe lists the objects that Parts would, in the same order. Those whose fields only their values tell are among
	// them as Unknown, and so is what only its content would tell to be no object at all.
	Describe(ctx context.Context) ([]Described, error)
}

// A Described is an object with its fields as they are declared.
type Described struct {
	Object  string
	Fields  []Field
	Unknown bool // only values would tell the fields: there are none here
}
