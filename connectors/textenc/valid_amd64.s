//go:build !purego

#include "textflag.h"

// What the high half of a byte, its low half and the high half of the next byte may be wrong about, one bit
// an error: 1 too short, 2 too long, 4 overlong of three bytes, 8 and 40 too large, 10 surrogate,
// 20 overlong of two bytes, 40 overlong of four bytes, 80 two continuations.
DATA high1<>+0(SB)/8, $0x0202020202020202
DATA high1<>+8(SB)/8, $0x4915012180808080
DATA high1<>+16(SB)/8, $0x0202020202020202
DATA high1<>+24(SB)/8, $0x4915012180808080
GLOBL high1<>(SB), RODATA, $32

DATA low1<>+0(SB)/8, $0xcbcbcb8b8383a3e7
DATA low1<>+8(SB)/8, $0xcbcbdbcbcbcbcbcb
DATA low1<>+16(SB)/8, $0xcbcbcb8b8383a3e7
DATA low1<>+24(SB)/8, $0xcbcbdbcbcbcbcbcb
GLOBL low1<>(SB), RODATA, $32

DATA high2<>+0(SB)/8, $0x0101010101010101
DATA high2<>+8(SB)/8, $0x01010101babaaee6
DATA high2<>+16(SB)/8, $0x0101010101010101
DATA high2<>+24(SB)/8, $0x01010101babaaee6
GLOBL high2<>(SB), RODATA, $32

DATA bytes<>+0(SB)/8, $0x0f0f0f0f0f0f0f0f
DATA bytes<>+8(SB)/8, $0x6060606060606060
DATA bytes<>+16(SB)/8, $0x7070707070707070
DATA bytes<>+24(SB)/8, $0x8080808080808080
GLOBL bytes<>(SB), RODATA, $32

// func validAVX2(p *byte, blocks int) uint64
TEXT ·validAVX2(SB), NOSPLIT, $0-24
	MOVQ p+0(FP), SI
	MOVQ blocks+8(FP), CX
	VMOVDQU high1<>(SB), Y8
	VMOVDQU low1<>(SB), Y9
	VMOVDQU high2<>(SB), Y10
	VPBROADCASTQ bytes<>+0(SB), Y11  // 0F
	VPBROADCASTQ bytes<>+8(SB), Y12  // E0-80
	VPBROADCASTQ bytes<>+16(SB), Y13 // F0-80
	VPBROADCASTQ bytes<>+24(SB), Y14 // 80
	VPXOR Y0, Y0, Y0 // the block before
	VPXOR Y7, Y7, Y7 // errors

loop:
	VMOVDQU (SI), Y1
	VPERM2I128 $0x21, Y1, Y0, Y2
	VPALIGNR $15, Y2, Y1, Y3 // one byte before
	VPALIGNR $14, Y2, Y1, Y4 // two
	VPALIGNR $13, Y2, Y1, Y5 // three
	VPSUBUSB Y12, Y4, Y4     // the third byte of a character must be here
	VPSUBUSB Y13, Y5, Y5     // the fourth
	VPOR     Y4, Y5, Y4
	VPAND    Y14, Y4, Y4
	VPSRLW   $4, Y3, Y5
	VPAND    Y11, Y5, Y5
	VPSHUFB  Y5, Y8, Y5
	VPAND    Y11, Y3, Y3
	VPSHUFB  Y3, Y9, Y3
	VPSRLW   $4, Y1, Y6
	VPAND    Y11, Y6, Y6
	VPSHUFB  Y6, Y10, Y6
	VPAND    Y5, Y3, Y3
	VPAND    Y6, Y3, Y3
	VPXOR    Y3, Y4, Y3
	VPOR     Y3, Y7, Y7
	VMOVDQA  Y1, Y0
	ADDQ     $32, SI
	DECQ     CX
	JNZ      loop

	XORQ AX, AX
	VPTEST Y7, Y7
	JZ   done
	INCQ AX

done:
	VZEROUPPER
	MOVQ AX, ret+16(FP)
	RET
