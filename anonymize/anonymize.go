// Package anonymize turns a value into a safer value. There is one file per method; a method is named by its
// clause in annex 2 of Order 140 of Roskomnadzor of 19.06.2025, such as m2.identifier or m4.mask.
package anonymize

import "bezlik/detectors"

// A Method changes a value. It belongs to one goroutine.
type Method interface {
	// Append appends what stands for value to dst. d is the kind of the value, nil where a map names an
	// attribute that no detector knows. The same value in any spelling that d normalises to one form gives
	// the same result; a shaped identifier has the same digits and keeps the punctuation. An empty value
	// stays empty. Append keeps neither slice, and errors never hold the value.
	Append(dst []byte, d *detectors.Detector, value []byte) ([]byte, error)
	// Fork returns the same method for another goroutine.
	Fork() Method
}
