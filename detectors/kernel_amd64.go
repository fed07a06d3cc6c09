//go:build !purego

package detectors

import "golang.org/x/sys/cpu"

// classify is classifyPortable.
func classify(p *planes, n int, text []byte) {
	if !cpu.X86.HasAVX2 {
		classifyPortable(p, n, text)
		return
	}
	if n == 0 {
		return
	}
	_, _ = text[n*64], p.digit[n] // the kernel does not look at lengths
	classifyAVX2(p, &text[0], n)
}

//go:noescape
func classifyAVX2(p *planes, text *byte, n int)

// derive is derivePortable.
func derive(p *planes, n int) {
	if !cpu.X86.HasAVX2 {
		derivePortable(p, n)
		return
	}
	deriveAVX2(p, n)
	p.run = addAVX2(p, n, p.run)
	linkAVX2(p, n)
	if n < stretch {
		for i := range p.events {
			p.events[i] &= 1<<n - 1
		}
	}
}

//go:noescape
func deriveAVX2(p *planes, n int)

//go:noescape
func addAVX2(p *planes, n int, run uint64) uint64

//go:noescape
func linkAVX2(p *planes, n int)
