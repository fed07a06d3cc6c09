//go:build !purego

#include "textflag.h"

// Two tables by half bytes; a byte is in a class when both halves are. The classes: 1 digit, 2 '@',
// 4 and 8 space (by upper half), 16 and 32 letter (by upper half), 64 lead byte D0..D3, 128 lead byte D0.
DATA low<>+0(SB)/8, $0x31313131717171E7
DATA low<>+8(SB)/8, $0x1014141410383931
DATA low<>+16(SB)/8, $0x31313131717171E7
DATA low<>+24(SB)/8, $0x1014141410383931
GLOBL low<>(SB), RODATA|NOPTR, $32

DATA high<>+0(SB)/8, $0x2010201201040008
DATA high<>+8(SB)/8, $0x0000C00000000000
DATA high<>+16(SB)/8, $0x2010201201040008
DATA high<>+24(SB)/8, $0x0000C00000000000
GLOBL high<>(SB), RODATA|NOPTR, $32

// Likewise for what may stand in a number.
DATA numlow<>+0(SB)/8, $0x0404040406040406
DATA numlow<>+8(SB)/8, $0x120A020200010706
DATA numlow<>+16(SB)/8, $0x0404040406040406
DATA numlow<>+24(SB)/8, $0x120A020200010706
GLOBL numlow<>(SB), RODATA|NOPTR, $32

DATA numhigh<>+0(SB)/8, $0x0018000804020001
DATA numhigh<>+8(SB)/8, $0x0000000000000000
DATA numhigh<>+16(SB)/8, $0x0018000804020001
DATA numhigh<>+24(SB)/8, $0x0000000000000000
GLOBL numhigh<>(SB), RODATA|NOPTR, $32

DATA half<>+0(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA half<>+8(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA half<>+16(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA half<>+24(SB)/8, $0x0F0F0F0F0F0F0F0F
GLOBL half<>(SB), RODATA|NOPTR, $32

DATA b0<>+0(SB)/8, $0xB0B0B0B0B0B0B0B0
DATA b0<>+8(SB)/8, $0xB0B0B0B0B0B0B0B0
DATA b0<>+16(SB)/8, $0xB0B0B0B0B0B0B0B0
DATA b0<>+24(SB)/8, $0xB0B0B0B0B0B0B0B0
GLOBL b0<>(SB), RODATA|NOPTR, $32

DATA dot<>+0(SB)/8, $0x2E2E2E2E2E2E2E2E
DATA dot<>+8(SB)/8, $0x2E2E2E2E2E2E2E2E
DATA dot<>+16(SB)/8, $0x2E2E2E2E2E2E2E2E
DATA dot<>+24(SB)/8, $0x2E2E2E2E2E2E2E2E
GLOBL dot<>(SB), RODATA|NOPTR, $32

DATA colon<>+0(SB)/8, $0x3A3A3A3A3A3A3A3A
DATA colon<>+8(SB)/8, $0x3A3A3A3A3A3A3A3A
DATA colon<>+16(SB)/8, $0x3A3A3A3A3A3A3A3A
DATA colon<>+24(SB)/8, $0x3A3A3A3A3A3A3A3A
GLOBL colon<>(SB), RODATA|NOPTR, $32

// HALF classifies 32 bytes at text+off into the halves of the planes at DI+out; a plane is 528 bytes.
#define HALF(off, out) \
	VMOVDQU off(SI), Y0; \
	VPSRLW $4, Y0, Y1; \
	VPAND Y12, Y1, Y1; \
	VPAND Y12, Y0, Y2; \
	VPSHUFB Y1, Y9, Y3; \
	VPSHUFB Y2, Y8, Y4; \
	VPAND Y3, Y4, Y3; \
	VPCMPEQB Y7, Y3, Y3; \
	VPANDN Y3, Y0, Y3; \
	VPMOVMSKB Y3, BX; \
	MOVL BX, (8*528+out)(DI); \
	VPSHUFB Y1, Y14, Y1; \
	VPSHUFB Y2, Y13, Y2; \
	VPAND Y1, Y2, Y1; \
	VPSLLW $7, Y1, Y2; \
	VPMOVMSKB Y2, AX; \
	MOVL AX, (0*528+out)(DI); \
	VPSLLW $6, Y1, Y3; \
	VPMOVMSKB Y3, BX; \
	MOVL BX, (1*528+out)(DI); \
	VPSLLW $5, Y1, Y2; \
	VPSLLW $4, Y1, Y3; \
	VPOR Y2, Y3, Y2; \
	VPMOVMSKB Y2, DX; \
	MOVL DX, (2*528+out)(DI); \
	VPSLLW $3, Y1, Y2; \
	VPSLLW $2, Y1, Y3; \
	VPOR Y2, Y3, Y2; \
	VPMOVMSKB Y2, AX; \
	MOVL AX, (3*528+out)(DI); \
	VPSLLW $2, Y0, Y3; \
	VPANDN Y2, Y3, Y3; \
	VPMOVMSKB Y3, BX; \
	MOVL BX, (4*528+out)(DI); \
	VPSLLW $1, Y1, Y2; \
	VPMOVMSKB Y2, DX; \
	MOVL DX, (5*528+out)(DI); \
	VMOVDQU (off+1)(SI), Y2; \
	VPCMPGTB Y2, Y11, Y2; \
	VPAND Y1, Y2, Y2; \
	VPMOVMSKB Y2, AX; \
	MOVL AX, (6*528+out)(DI); \
	VPSLLW $1, Y0, Y2; \
	VPAND Y0, Y2, Y2; \
	VPMOVMSKB Y2, BX; \
	MOVL BX, (7*528+out)(DI); \
	VPCMPEQB Y5, Y0, Y2; \
	VPMOVMSKB Y2, AX; \
	MOVL AX, (9*528+out)(DI); \
	VPCMPEQB Y6, Y0, Y2; \
	VPMOVMSKB Y2, BX; \
	MOVL BX, (10*528+out)(DI)

// func classifyAVX2(p *planes, text *byte, n int)
TEXT ·classifyAVX2(SB), NOSPLIT, $0-24
	MOVQ p+0(FP), DI
	ADDQ $8, DI // the block behind the one before the stretch
	MOVQ text+8(FP), SI
	MOVQ n+16(FP), CX
	VMOVDQU low<>(SB), Y13
	VMOVDQU high<>(SB), Y14
	VMOVDQU half<>(SB), Y12
	VMOVDQU numlow<>(SB), Y8
	VMOVDQU numhigh<>(SB), Y9
	VPXOR Y7, Y7, Y7
	VMOVDQU b0<>(SB), Y11
	VMOVDQU dot<>(SB), Y5
	VMOVDQU colon<>(SB), Y6

loop:
	HALF(0, 0)
	HALF(32, 4)
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ  loop
	VZEROUPPER
	RET
