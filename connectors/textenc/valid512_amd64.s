//go:build !purego

#include "textflag.h"

// The tables of valid_amd64.s.
DATA high1<>+0(SB)/8, $0x0202020202020202
DATA high1<>+8(SB)/8, $0x4915012180808080
GLOBL high1<>(SB), RODATA|NOPTR, $16

DATA low1<>+0(SB)/8, $0xcbcbcb8b8383a3e7
DATA low1<>+8(SB)/8, $0xcbcbdbcbcbcbcbcb
GLOBL low1<>(SB), RODATA|NOPTR, $16

DATA high2<>+0(SB)/8, $0x0101010101010101
DATA high2<>+8(SB)/8, $0x01010101babaaee6
GLOBL high2<>(SB), RODATA|NOPTR, $16

#define EACH(byte, Z) \
	MOVL $byte, AX; \
	VPBROADCASTB AX, Z

// func inspect512(p *byte, blocks int) (bad uint64, lines int, zeros uint64)
TEXT ·inspect512(SB), NOSPLIT, $0-40
	MOVQ p+0(FP), SI
	MOVQ blocks+8(FP), CX
	VBROADCASTI32X4 high1<>(SB), Z8
	VBROADCASTI32X4 low1<>(SB), Z9
	VBROADCASTI32X4 high2<>(SB), Z10
	EACH(0x0F, Z11)
	EACH(0x60, Z12) // E0-80
	EACH(0x70, Z13) // F0-80
	EACH(0x80, Z14)
	EACH(10, Z15)
	VPXORQ Z7, Z7, Z7 // errors
	XORL R8, R8       // line ends
	KXORQ K3, K3, K3  // zero bytes

loop:
	VMOVDQU64 (SI), Z1
	VPCMPEQB Z15, Z1, K1
	KMOVQ K1, AX
	POPCNTQ AX, AX
	ADDQ AX, R8
	VPTESTNMB Z1, Z1, K2
	KORQ K2, K3, K3
	VMOVDQU64 -2(SI), Z4
	VMOVDQU64 -3(SI), Z5
	VPSUBUSB Z12, Z4, Z4 // the third byte of a character must be here
	VPSUBUSB Z13, Z5, Z5 // the fourth
	VPTERNLOGQ $0xA8, Z14, Z5, Z4 // (Z4 | Z5) & Z14
	VMOVDQU64 -1(SI), Z3
	VPSRLW $4, Z3, Z5
	VPANDQ Z11, Z5, Z5
	VPSHUFB Z5, Z8, Z5
	VPANDQ Z11, Z3, Z3
	VPSHUFB Z3, Z9, Z3
	VPSRLW $4, Z1, Z6
	VPANDQ Z11, Z6, Z6
	VPSHUFB Z6, Z10, Z6
	VPTERNLOGQ $0x80, Z5, Z6, Z3 // all three
	VPTERNLOGQ $0xF6, Z3, Z4, Z7 // Z7 | Z3 ^ Z4
	ADDQ $64, SI
	DECQ CX
	JNZ loop

	VPTESTMB Z7, Z7, K1
	KMOVQ K1, AX
	MOVQ AX, bad+16(FP)
	MOVQ R8, lines+24(FP)
	KMOVQ K3, AX
	MOVQ AX, zeros+32(FP)
	VZEROUPPER
	RET
