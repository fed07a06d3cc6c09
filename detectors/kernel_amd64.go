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
	_, _ = text[n*64], p.digit[n] // the kernels do not look at lengths
	if avx512 {
		classify512(p, &text[0], n)
		return
	}
	classifyAVX2(p, &text[0], n)
}

//go:noescape
func classify512(p *planes, text *byte, n int)

//go:noescape
func classifyAVX2(p *planes, text *byte, n int)

// derive is derivePortable.
func derive(p *planes, n int) {
	if !cpu.X86.HasAVX2 {
		derivePortable(p, n)
		return
	}
	if avx512 {
		derive512(p, n)
		p.run = addRuns(p, n, p.run)
		link512(p, n)
	} else {
		deriveAVX2(p, n)
		p.run = addRuns(p, n, p.run)
		linkAVX2(p, n)
	}
	if n < stretch {
		for i := range p.events {
			p.events[i] &= 1<<n - 1
		}
	}
}

//go:noescape
func deriveAVX2(p *planes, n int)

//go:noescape
func addRuns(p *planes, n int, run uint64) uint64

//go:noescape
func linkAVX2(p *planes, n int)

//go:noescape
func derive512(p *planes, n int)

//go:noescape
func link512(p *planes, n int)

// avx512 says whether the machine works on 64 bytes at a time, as those of today do. It is a variable for the tests.
var avx512 = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VBMI2
