package anonymize

import "bezlik/detectors"

// keep leaves the value as it is, for attributes that a profile lets out in clear.
type keep struct{}

func newKeep(Spec, *detectors.Detector, *Key, string) (Method, error) { return keep{}, nil }

func (keep) Append(dst []byte, _ *detectors.Detector, value []byte) ([]byte, error) {
	return append(dst, value...), nil
}

func (m keep) Fork() Method { return m }
