//go:build purego || !amd64

package detectors

func classify(p *planes, n int, text []byte) { classifyPortable(p, n, text) }

func derive(p *planes, n int) { derivePortable(p, n) }
