//go:build !unix

package pipeline

import "os"

// held does nothing: where there is no flock, two scans with one state are the user's to avoid.
func held(*os.File) error { return nil }
