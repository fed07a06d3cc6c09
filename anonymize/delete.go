package anonymize

import "bezlik/detectors"

// remove is m4.delete: nothing stands for the value.
type remove struct{}

func newDelete(Spec, *detectors.Detector, *Key, string) (Method, error) { return remove{}, nil }

func (remove) Append(dst []byte, _ *detectors.Detector, _ []byte) ([]byte, error) { return dst, nil }

func (m remove) Fork() Method { return m }
