//go:build !purego

#include "textflag.h"
#include "planes_amd64.h"

// How many bits a half byte has.
DATA halfBits<>+0(SB)/8, $0x0302020102010100
DATA halfBits<>+8(SB)/8, $0x0403030203020201
GLOBL halfBits<>(SB), RODATA|NOPTR, $16

// NOTE notes which of eight blocks have any bit in Y. Z15 is zero.
#define NOTE(Z, event) \
	VPTESTMQ Z, Z, K1; \
	KMOVB K1, AX; \
	SHLQ CX, AX; \
	ORQ AX, (8*event)(R9)

// PULL puts the bits n above those of X, into which those of the next block NEXT come from above, into TO.
#define PULL(n, X, NEXT, TO) \
	VPSHRDQ $n, NEXT, X, TO

// PUSH puts the bits n below those of X, into which those of the block BEFORE come from below, into TO.
#define PUSH(n, X, BEFORE, TO) \
	VPSHLDQ $n, BEFORE, X, TO

// COUNT counts the bits of each byte.
#define COUNT(X, TO, TMP) \
	VPANDQ Z23, X, TO; \
	VPSRLQ $4, X, TMP; \
	VPANDQ Z23, TMP, TMP; \
	VPSHUFB TO, Z22, TO; \
	VPSHUFB TMP, Z22, TMP; \
	VPADDB TMP, TO, TO

// SMEAR adds the bits n above those of X.
#define SMEAR(n, X, TMP) \
	VPSLLQ $n, X, TMP; \
	VPORQ TMP, X, X

// func derive512(p *planes, n int)
//
// It does what words and numbers do in derive.go, in the same order, for eight blocks at a time.
TEXT ·derive512(SB), NOSPLIT, $0-16
	MOVQ p+0(FP), DI
	MOVQ n+8(FP), R8
	LEAQ events(DI), R9
	ADDQ $8, DI
	VPXORQ Z15, Z15, Z15
	VMOVDQU64 Z15, (R9)
	VMOVDQU64 Z15, 32(R9)
	MOVQ $0xE000000000000000, AX
	VPBROADCASTQ AX, Z16
	MOVQ $7, AX
	VPBROADCASTQ AX, Z17
	MOVQ $0xFFFFFFFFFF000000, AX
	VPBROADCASTQ AX, Z18
	MOVL $9, AX
	VPBROADCASTB AX, Z19
	VBROADCASTI32X4 halfBits<>(SB), Z22
	MOVL $0x0F0F0F0F, AX
	VPBROADCASTD AX, Z23
	VPTERNLOGD $0xFF, Z24, Z24, Z24
	XORL CX, CX

blocks:
	// words: Z0 cyril, Z1 latin, Z5 word, Z6 begin, Z7 upper
	VMOVDQU64 cyril(DI), Z0
	VMOVDQU64 latin(DI), Z1
	VMOVDQU64 (cyril-8)(DI), Z2
	VMOVDQU64 (latin-8)(DI), Z3
	VPSLLQ $1, Z2, Z4
	VPORQ Z2, Z4, Z4
	VPORQ Z3, Z4, Z4
	PUSH(1, Z0, Z2, Z5)
	VPORQ Z0, Z5, Z5
	VPORQ Z1, Z5, Z5
	VMOVDQU64 Z5, word(DI)
	PUSH(1, Z5, Z4, Z6)
	VPANDNQ Z5, Z6, Z6
	VMOVDQU64 upper(DI), Z7
	VMOVDQU64 digit(DI), Z8
	PUSH(1, Z8, (digit-8)(DI), Z8)
	VPANDNQ Z7, Z8, Z8
	VPORQ caps(DI), Z8, Z8
	VPANDQ Z6, Z8, Z8
	VMOVDQU64 Z8, first(DI)
	VMOVDQU64 (upper-8)(DI), Z10
	VPANDNQ Z3, Z10, Z10
	VPANDNQ Z1, Z7, Z9
	PUSH(1, Z9, Z10, Z9)
	VPANDQ Z7, Z9, Z9
	VPORQ Z6, Z9, Z9
	VMOVDQU64 Z9, starts(DI)

	// joins; Z2 and Z3 are those of the next block now
	VMOVDQU64 (cyril+8)(DI), Z2
	VMOVDQU64 (latin+8)(DI), Z3
	PUSH(1, Z2, Z0, Z4)
	VPORQ Z2, Z4, Z4
	VPORQ Z3, Z4, Z4
	PULL(2, Z5, Z4, Z4)
	VPANDQ Z0, Z6, Z8
	VPANDNQ Z8, Z4, Z4
	VPSRLQ $3, Z4, Z8
	VPORQ Z16, Z8, Z8
	VPANDQ Z8, Z4, Z4
	VMOVDQU64 dot(DI), Z20
	VPANDNQ space(DI), Z20, Z20
	VPORQ colon(DI), Z20, Z20
	VPORQ Z1, Z20, Z20
	VMOVDQU64 (dot+8)(DI), Z8
	VPANDNQ (space+8)(DI), Z8, Z8
	VPORQ (colon+8)(DI), Z8, Z8
	VPORQ Z3, Z8, Z8
	PULL(2, Z20, Z8, Z20) // apart
	VPANDNQ Z4, Z20, Z4
	VMOVDQU64 Z4, joins(DI)
	NOTE(Z4, 1)

	// for threes: Z10 lead, Z11 lead of the next block, Z12 letter
	VPORQ Z0, Z1, Z10
	VPORQ Z2, Z3, Z11
	VPSLLQ $1, Z0, Z12
	VPORQ Z10, Z12, Z12

	// codes: Z0 and Z1 are m and n
	VPORQ digit(DI), Z7, Z0
	VMOVDQU64 (upper+8)(DI), Z1
	VPORQ (digit+8)(DI), Z1, Z1
	PULL(1, Z0, Z1, Z2)
	VPANDQ Z0, Z2, Z2
	VPSRLQ $1, Z1, Z3
	VPANDQ Z1, Z3, Z3
	PULL(2, Z2, Z3, Z4)
	VPANDQ Z2, Z4, Z4
	VPSRLQ $2, Z3, Z5
	VPANDQ Z3, Z5, Z5
	PULL(4, Z4, Z5, Z6)
	VPANDQ Z4, Z6, Z6
	VPSRLQ $4, Z5, Z8
	VPANDQ Z5, Z8, Z8
	PULL(8, Z6, Z8, Z9)
	VPANDQ Z6, Z9, Z9
	PULL(16, Z0, Z1, Z2)
	VPANDQ Z2, Z9, Z9
	VPSLLQ $1, Z9, Z8
	VPANDNQ Z9, Z8, Z9
	VMOVDQU64 Z9, codes(DI)
	NOTE(Z9, 2)

	// colons and marks
	VMOVDQU64 colon(DI), Z0
	VMOVDQA64 Z0, Z1
	SMEAR(1, Z1, Z2)
	SMEAR(2, Z1, Z2)
	SMEAR(1, Z1, Z2)
	VPSLLQ $1, Z1, Z1
	VPANDQ Z0, Z1, Z1
	VPSRLQ $59, Z0, Z2
	VPORQ Z2, Z1, Z1
	NOTE(Z1, 3)
	VMOVDQU64 at(DI), Z0
	NOTE(Z0, 0)

	// numbers: Z0 d, Z1 n, Z3 behind, Z4 begin
	VMOVDQU64 digit(DI), Z0
	VMOVDQU64 (digit+8)(DI), Z1
	PUSH(1, Z0, (digit-8)(DI), Z3)
	VPANDNQ Z0, Z3, Z4
	COUNT(Z0, Z5, Z7)
	COUNT(Z1, Z6, Z7)
	PULL(8, Z5, Z6, Z7)
	VPADDB Z7, Z5, Z8 // of two bytes
	PULL(16, Z5, Z6, Z7)
	VPADDB Z7, Z8, Z8
	PULL(24, Z5, Z6, Z7)
	VPADDB Z7, Z8, Z8
	PULL(32, Z5, Z6, Z7)
	VPADDB Z7, Z8, Z5
	VPCMPGTB Z19, Z5, K1
	VPMOVM2B K1, Z5
	VPANDQ Z4, Z5, Z9

	VMOVDQA64 Z0, Z5
	SMEAR(1, Z5, Z6)
	SMEAR(2, Z5, Z6)
	SMEAR(4, Z5, Z6)
	SMEAR(8, Z5, Z6)
	SMEAR(9, Z5, Z6)
	VPANDNQ Z18, Z5, Z5
	VPORQ stop(DI), Z5, Z5
	VMOVDQU64 Z5, gaps(DI)
	VMOVDQU64 (stop+8)(DI), Z6
	PULL(1, Z5, Z6, Z7)
	VPORQ Z7, Z5, Z5
	VPSRLQ $1, Z6, Z7
	VPORQ Z7, Z6, Z6 // one of two
	PULL(8, Z5, Z6, Z7)
	VPANDNQ Z9, Z7, Z9
	PULL(2, Z5, Z6, Z7)
	VPORQ Z7, Z5, Z5
	VPSRLQ $2, Z6, Z7
	VPORQ Z7, Z6, Z6
	PULL(4, Z5, Z6, Z7)
	VPORQ Z7, Z5, Z5
	VPANDNQ Z9, Z5, Z9
	VMOVDQU64 Z9, tens(DI)

	// Z5 d1, Z6 two, Z7 n2, Z8 d2, Z9 three, Z13 d3, Z14 four
	PULL(1, Z0, Z1, Z5)
	VPANDQ Z0, Z5, Z6
	VPSRLQ $1, Z1, Z7
	VPANDQ Z1, Z7, Z7
	PULL(2, Z0, Z1, Z8)
	VPANDQ Z6, Z8, Z9
	PULL(3, Z0, Z1, Z13)
	VPANDQ Z9, Z13, Z14

	// threes
	VPANDQ Z4, Z9, Z9
	VPANDNQ Z9, Z13, Z9
	VMOVDQU64 space(DI), Z2
	VPSLLQ $1, Z2, Z2
	VPSLLQ $2, Z12, Z13
	VPANDQ Z2, Z13, Z13
	VPSLLQ $1, Z12, Z12
	VPORQ Z12, Z13, Z13
	VPORQ Z17, Z13, Z13
	VPANDQ Z13, Z9, Z9
	VMOVDQU64 space(DI), Z2
	PULL(3, Z2, (space+8)(DI), Z2)
	PULL(4, Z10, Z11, Z12)
	VPANDQ Z12, Z2, Z2
	PULL(3, Z10, Z11, Z12)
	VPORQ Z12, Z2, Z2
	VPANDQ Z2, Z9, Z9
	VMOVDQU64 Z9, threes(DI)
	NOTE(Z9, 7)

	// tens
	VMOVDQU64 stop(DI), Z9
	VMOVDQU64 (stop+8)(DI), Z10
	PULL(10, Z9, Z10, Z9)
	PULL(4, Z0, Z1, Z10)
	VPANDQ Z14, Z10, Z10
	VPANDNQ Z9, Z10, Z9 // day
	VMOVDQU64 colon(DI), Z10
	VMOVDQU64 (colon+8)(DI), Z11
	PULL(13, Z10, Z11, Z10)
	PULL(14, Z0, Z1, Z11)
	VPANDQ Z10, Z11, Z10
	PULL(5, Z0, Z1, Z11)
	VPORQ Z8, Z11, Z11
	PULL(10, Z0, Z1, Z12)
	VPORQ Z12, Z11, Z11
	VPANDNQ Z10, Z11, Z10 // clock
	VPORQ Z9, Z10, Z9
	VPANDNQ tens(DI), Z9, Z9
	VMOVDQU64 Z9, tens(DI)
	NOTE(Z9, 4)

	// Z9 dots, Z10 n4
	VPANDQ dot(DI), Z3, Z9
	VPANDQ Z5, Z9, Z9
	VMOVDQU64 Z9, dots(DI)
	VPSRLQ $2, Z7, Z10
	VPANDQ Z7, Z10, Z10
	PULL(1, Z14, Z10, Z11)
	VPANDQ Z9, Z11, Z11
	VPSLLQ $3, Z9, Z12
	VPANDNQ Z11, Z12, Z11
	VMOVDQU64 Z11, fracs(DI)
	NOTE(Z11, 6)
	PUSH(1, Z1, Z0, Z13)
	VPANDQ (dot+8)(DI), Z13, Z13
	VPSRLQ $1, Z1, Z2
	VPANDQ Z2, Z13, Z13
	VPTESTMQ Z13, Z13, K1
	VMOVDQA64.Z Z9, K1, Z12
	VPADDQ Z24, Z9, Z13
	VPANDQ Z9, Z13, Z13
	VPADDQ Z24, Z13, Z11
	VPANDQ Z13, Z11, Z11
	VPORQ Z12, Z11, Z11
	NOTE(Z11, 5)

	// sixes and years
	PULL(4, Z6, Z7, Z11)
	VPANDQ Z14, Z11, Z11
	PULL(6, Z14, Z10, Z12)
	VPANDQ Z4, Z11, Z13
	VPANDNQ Z13, Z12, Z13
	VMOVDQU64 Z13, sixes(DI)
	NOTE(Z13, 8)
	PULL(4, Z0, Z1, Z11)
	VPANDQ Z4, Z14, Z12
	VPANDNQ Z12, Z11, Z12
	VMOVDQU64 Z12, years(DI)
	NOTE(Z12, 9)

	// shorts
	VPANDNQ Z6, Z8, Z6
	VPSRLQ $2, Z1, Z11
	VPANDNQ Z7, Z11, Z7
	PULL(3, Z6, Z7, Z11)
	PULL(6, Z6, Z7, Z12)
	VPANDQ Z11, Z12, Z12
	VPANDQ Z4, Z6, Z6
	VPANDQ Z12, Z6, Z6
	VPANDNQ Z6, Z20, Z6
	VMOVDQU64 Z6, shorts(DI)
	NOTE(Z6, 10)

	ADDQ $64, DI
	ADDL $8, CX
	SUBQ $8, R8
	JHI  blocks
	VZEROUPPER
	RET

// func link512(p *planes, n int)
//
// It does what links does in derive.go, one step after the other for all blocks.
TEXT ·link512(SB), NOSPLIT, $0-16
	MOVQ p+0(FP), SI
	MOVQ n+8(FP), R8
	LEAQ events(SI), R9
	ADDQ $8, SI
	VPXORQ Z15, Z15, Z15

	MOVQ SI, DI
	MOVQ R8, CX

behind:
	VMOVDQU64 ends(DI), Z0
	VMOVDQU64 word(DI), Z1
	VPANDNQ Z0, Z1, Z0
	VPANDQ space(DI), Z0, Z0
	VMOVDQU64 first(DI), Z2
	VMOVDQU64 (first-8)(DI), Z3
	PUSH(1, Z2, Z3, Z1)
	PUSH(2, Z2, Z3, Z4)
	VPORQ Z4, Z1, Z1
	PUSH(3, Z2, Z3, Z4)
	VPORQ Z4, Z1, Z1
	PUSH(4, Z2, Z3, Z4)
	VPORQ Z4, Z1, Z2 // four behind
	VPANDNQ dot(DI), Z2, Z2
	VPANDNQ Z0, Z2, Z0
	VMOVDQU64 Z0, ends(DI)
	ADDQ $64, DI
	SUBQ $8, CX
	JHI  behind

	MOVQ SI, DI
	MOVQ R8, CX

one:
	VMOVDQU64 ends(DI), Z0
	PUSH(1, Z0, (ends-8)(DI), Z0)
	VPANDQ space(DI), Z0, Z1
	VMOVDQU64 Z1, ends1(DI)
	VPANDQ first(DI), Z0, Z0
	VMOVDQU64 Z0, links(DI)
	ADDQ $64, DI
	SUBQ $8, CX
	JHI  one

	MOVQ SI, DI
	MOVQ R8, CX

two:
	VMOVDQU64 ends1(DI), Z0
	PUSH(1, Z0, (ends1-8)(DI), Z0)
	VPANDQ space(DI), Z0, Z1
	VMOVDQU64 Z1, ends2(DI)
	VPANDQ first(DI), Z0, Z0
	VPORQ links(DI), Z0, Z0
	VMOVDQU64 Z0, links(DI)
	ADDQ $64, DI
	SUBQ $8, CX
	JHI  two

	XORL CX, CX

three:
	VMOVDQU64 ends2(SI), Z0
	PUSH(1, Z0, (ends2-8)(SI), Z0)
	VPANDQ first(SI), Z0, Z0
	VPORQ links(SI), Z0, Z0
	VMOVDQU64 Z0, links(SI)
	NOTE(Z0, 11)
	ADDQ $64, SI
	ADDL $8, CX
	SUBQ $8, R8
	JHI  three
	VZEROUPPER
	RET
