//go:build !purego

#include "textflag.h"

// func masksAVX2(dst *[32]uint64, p *byte, blocks int, comma, quote byte)
TEXT ·masksAVX2(SB), NOSPLIT, $0-26
	MOVQ dst+0(FP), DI
	MOVQ p+8(FP), SI
	MOVQ blocks+16(FP), CX
	VPBROADCASTB comma+24(FP), Y8
	VPBROADCASTB quote+25(FP), Y9
	MOVL $10, AX
	VMOVD AX, X10
	VPBROADCASTB X10, Y10
	VPXOR Y11, Y11, Y11

loop:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPCMPEQB Y0, Y8, Y2
	VPCMPEQB Y0, Y9, Y3
	VPCMPEQB Y0, Y10, Y4
	VPCMPEQB Y0, Y11, Y5
	VPOR Y2, Y3, Y2
	VPOR Y4, Y5, Y4
	VPOR Y2, Y4, Y2
	VPMOVMSKB Y2, AX
	VPCMPEQB Y1, Y8, Y2
	VPCMPEQB Y1, Y9, Y3
	VPCMPEQB Y1, Y10, Y4
	VPCMPEQB Y1, Y11, Y5
	VPOR Y2, Y3, Y2
	VPOR Y4, Y5, Y4
	VPOR Y2, Y4, Y2
	VPMOVMSKB Y2, BX
	SHLQ $32, BX
	ORQ BX, AX
	MOVQ AX, (DI)
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ loop
	VZEROUPPER
	RET

// func flattenBMI(dst *positions, m *uint64, words int, base uint32) int
TEXT ·flattenBMI(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ m+8(FP), SI
	MOVQ words+16(FP), CX
	MOVL base+24(FP), DX
	MOVQ DI, R8

word:
	MOVQ (SI), AX
	POPCNTQ AX, R9
	MOVQ DI, R10
	LEAQ (DI)(R9*4), DI // where the next word's go

	// Six at a time; what is written too much is written over.
six:
	TZCNTQ AX, BX
	ADDL DX, BX
	MOVL BX, (R10)
	BLSRQ AX, AX
	TZCNTQ AX, BX
	ADDL DX, BX
	MOVL BX, 4(R10)
	BLSRQ AX, AX
	TZCNTQ AX, BX
	ADDL DX, BX
	MOVL BX, 8(R10)
	BLSRQ AX, AX
	TZCNTQ AX, BX
	ADDL DX, BX
	MOVL BX, 12(R10)
	BLSRQ AX, AX
	TZCNTQ AX, BX
	ADDL DX, BX
	MOVL BX, 16(R10)
	BLSRQ AX, AX
	TZCNTQ AX, BX
	ADDL DX, BX
	MOVL BX, 20(R10)
	BLSRQ AX, AX
	ADDQ $24, R10
	CMPQ R10, DI
	JLT six

	ADDL $64, DX
	ADDQ $8, SI
	DECQ CX
	JNZ word

	SUBQ R8, DI
	SHRQ $2, DI
	MOVQ DI, ret+32(FP)
	RET
