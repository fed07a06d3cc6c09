//go:build !purego

#include "textflag.h"
#include "planes_amd64.h"

DATA topThree<>+0(SB)/8, $0xE000000000000000
DATA topThree<>+8(SB)/8, $0xE000000000000000
DATA topThree<>+16(SB)/8, $0xE000000000000000
DATA topThree<>+24(SB)/8, $0xE000000000000000
GLOBL topThree<>(SB), RODATA|NOPTR, $32

DATA lowThree<>+0(SB)/8, $7
DATA lowThree<>+8(SB)/8, $7
DATA lowThree<>+16(SB)/8, $7
DATA lowThree<>+24(SB)/8, $7
GLOBL lowThree<>(SB), RODATA|NOPTR, $32

DATA from24<>+0(SB)/8, $0xFFFFFFFFFF000000
DATA from24<>+8(SB)/8, $0xFFFFFFFFFF000000
DATA from24<>+16(SB)/8, $0xFFFFFFFFFF000000
DATA from24<>+24(SB)/8, $0xFFFFFFFFFF000000
GLOBL from24<>(SB), RODATA|NOPTR, $32

DATA nine<>+0(SB)/8, $0x0909090909090909
DATA nine<>+8(SB)/8, $0x0909090909090909
DATA nine<>+16(SB)/8, $0x0909090909090909
DATA nine<>+24(SB)/8, $0x0909090909090909
GLOBL nine<>(SB), RODATA|NOPTR, $32

DATA lowHalf<>+0(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA lowHalf<>+8(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA lowHalf<>+16(SB)/8, $0x0F0F0F0F0F0F0F0F
DATA lowHalf<>+24(SB)/8, $0x0F0F0F0F0F0F0F0F
GLOBL lowHalf<>(SB), RODATA|NOPTR, $32

// How many bits a half byte has.
DATA ones<>+0(SB)/8, $0x0302020102010100
DATA ones<>+8(SB)/8, $0x0403030203020201
DATA ones<>+16(SB)/8, $0x0302020102010100
DATA ones<>+24(SB)/8, $0x0403030203020201
GLOBL ones<>(SB), RODATA|NOPTR, $32

// DI points at the first of four blocks in the first plane.

// NOTE notes which of four blocks have any bit in Y. Y15 is zero.
#define NOTE(Y, event) \
	VPCMPEQQ Y15, Y, Y; \
	VMOVMSKPD Y, AX; \
	XORL $15, AX; \
	SHLQ CX, AX; \
	ORQ AX, (8*event)(R9)

// PULL puts the bits n above those of X, into which those of the next block NEXT come from above, into TO.
#define PULL(n, X, NEXT, TO, TMP) \
	VPSRLQ $n, X, TO; \
	VPSLLQ $(64-n), NEXT, TMP; \
	VPOR TMP, TO, TO

// COUNT counts the bits of each byte.
#define COUNT(X, TO, TMP, TABLE, HALF) \
	VPAND HALF, X, TO; \
	VPSRLQ $4, X, TMP; \
	VPAND HALF, TMP, TMP; \
	VPSHUFB TO, TABLE, TO; \
	VPSHUFB TMP, TABLE, TMP; \
	VPADDB TMP, TO, TO

// SMEAR adds the bits n above those of X.
#define SMEAR(n, X, TMP) \
	VPSLLQ $n, X, TMP; \
	VPOR TMP, X, X

// APART is apart in derive.go.
#define APART(TO, NEXT, TMP) \
	VMOVDQU dot(DI), TO; \
	VPANDN space(DI), TO, TO; \
	VPOR colon(DI), TO, TO; \
	VPOR latin(DI), TO, TO; \
	VMOVDQU (dot+8)(DI), NEXT; \
	VPANDN (space+8)(DI), NEXT, NEXT; \
	VPOR (colon+8)(DI), NEXT, NEXT; \
	VPOR (latin+8)(DI), NEXT, NEXT; \
	PULL(2, TO, NEXT, TO, TMP)

// func deriveAVX2(p *planes, n int)
//
// It does what words and numbers do in derive.go, in the same order, for four blocks at a time.
TEXT ·deriveAVX2(SB), NOSPLIT, $0-16
	MOVQ p+0(FP), DI
	MOVQ n+8(FP), R8
	LEAQ events(DI), R9
	ADDQ $8, DI
	VPXOR Y15, Y15, Y15
	VMOVDQU Y15, (R9)
	VMOVDQU Y15, 32(R9)
	VMOVDQU Y15, 64(R9)
	XORL CX, CX

blocks:
	// words: Y0 cyril, Y1 latin, Y5 word, Y6 begin, Y7 upper
	VMOVDQU cyril(DI), Y0
	VMOVDQU latin(DI), Y1
	VMOVDQU (cyril-8)(DI), Y2
	VMOVDQU (latin-8)(DI), Y3
	VPSLLQ $1, Y2, Y4
	VPOR Y2, Y4, Y4
	VPOR Y3, Y4, Y4
	VPSRLQ $63, Y4, Y4
	VPSLLQ $1, Y0, Y5
	VPSRLQ $63, Y2, Y6
	VPOR Y6, Y5, Y5
	VPOR Y0, Y5, Y5
	VPOR Y1, Y5, Y5
	VMOVDQU Y5, word(DI)
	VPSLLQ $1, Y5, Y6
	VPOR Y4, Y6, Y6
	VPANDN Y5, Y6, Y6
	VMOVDQU upper(DI), Y7
	VMOVDQU digit(DI), Y8
	VMOVDQU (digit-8)(DI), Y10
	VPSLLQ $1, Y8, Y8
	VPSRLQ $63, Y10, Y10
	VPOR Y10, Y8, Y8
	VPANDN Y7, Y8, Y8
	VPOR caps(DI), Y8, Y8
	VPAND Y6, Y8, Y8
	VMOVDQU Y8, first(DI)
	VMOVDQU (upper-8)(DI), Y10
	VPANDN Y3, Y10, Y10
	VPSRLQ $63, Y10, Y10
	VPANDN Y1, Y7, Y9
	VPSLLQ $1, Y9, Y9
	VPOR Y10, Y9, Y9
	VPAND Y7, Y9, Y9
	VPOR Y6, Y9, Y9
	VMOVDQU Y9, starts(DI)

	// joins; Y2 and Y3 are those of the next block now
	VMOVDQU (cyril+8)(DI), Y2
	VMOVDQU (latin+8)(DI), Y3
	VPSLLQ $1, Y2, Y4
	VPOR Y2, Y4, Y4
	VPOR Y3, Y4, Y4
	VPSRLQ $63, Y0, Y8
	VPOR Y8, Y4, Y4
	VPSLLQ $62, Y4, Y4
	VPSRLQ $2, Y5, Y8
	VPOR Y8, Y4, Y4
	VPAND Y0, Y6, Y8
	VPANDN Y8, Y4, Y4
	VPSRLQ $3, Y4, Y8
	VPOR topThree<>(SB), Y8, Y8
	VPAND Y8, Y4, Y4
	APART(Y8, Y9, Y10)
	VPANDN Y4, Y8, Y4
	VMOVDQU Y4, joins(DI)
	NOTE(Y4, 1)

	// for threes: Y10 lead, Y11 lead of the next block, Y12 letter
	VPOR Y0, Y1, Y10
	VPOR Y2, Y3, Y11
	VPSLLQ $1, Y0, Y12
	VPOR Y10, Y12, Y12

	// codes: Y0 and Y1 are m and n
	VPOR digit(DI), Y7, Y0
	VMOVDQU (upper+8)(DI), Y1
	VPOR (digit+8)(DI), Y1, Y1
	PULL(1, Y0, Y1, Y2, Y13)
	VPAND Y0, Y2, Y2
	VPSRLQ $1, Y1, Y3
	VPAND Y1, Y3, Y3
	PULL(2, Y2, Y3, Y4, Y13)
	VPAND Y2, Y4, Y4
	VPSRLQ $2, Y3, Y5
	VPAND Y3, Y5, Y5
	PULL(4, Y4, Y5, Y6, Y13)
	VPAND Y4, Y6, Y6
	VPSRLQ $4, Y5, Y8
	VPAND Y5, Y8, Y8
	PULL(8, Y6, Y8, Y9, Y13)
	VPAND Y6, Y9, Y9
	PULL(16, Y0, Y1, Y2, Y13)
	VPAND Y2, Y9, Y9
	VPSLLQ $1, Y9, Y8
	VPANDN Y9, Y8, Y9
	VMOVDQU Y9, codes(DI)
	NOTE(Y9, 2)

	// colons and marks
	VMOVDQU colon(DI), Y0
	VMOVDQA Y0, Y1
	SMEAR(1, Y1, Y2)
	SMEAR(2, Y1, Y2)
	SMEAR(1, Y1, Y2)
	VPSLLQ $1, Y1, Y1
	VPAND Y0, Y1, Y1
	VPSRLQ $59, Y0, Y2
	VPOR Y2, Y1, Y1
	NOTE(Y1, 3)
	VMOVDQU at(DI), Y0
	NOTE(Y0, 0)

	// numbers: Y0 d, Y1 n, Y3 behind, Y4 begin
	VMOVDQU digit(DI), Y0
	VMOVDQU (digit+8)(DI), Y1
	VMOVDQU (digit-8)(DI), Y2
	VPSRLQ $63, Y2, Y2
	VPSLLQ $1, Y0, Y3
	VPOR Y2, Y3, Y3
	VPANDN Y0, Y3, Y4
	VMOVDQU ones<>(SB), Y13
	VMOVDQU lowHalf<>(SB), Y14
	COUNT(Y0, Y5, Y7, Y13, Y14)
	COUNT(Y1, Y6, Y7, Y13, Y14)
	PULL(8, Y5, Y6, Y7, Y2)
	VPADDB Y7, Y5, Y8 // of two bytes
	PULL(16, Y5, Y6, Y7, Y2)
	VPADDB Y7, Y8, Y8
	PULL(24, Y5, Y6, Y7, Y2)
	VPADDB Y7, Y8, Y8
	PULL(32, Y5, Y6, Y7, Y2)
	VPADDB Y7, Y8, Y5
	VPCMPGTB nine<>(SB), Y5, Y5
	VPAND Y4, Y5, Y9

	VMOVDQA Y0, Y5
	SMEAR(1, Y5, Y6)
	SMEAR(2, Y5, Y6)
	SMEAR(4, Y5, Y6)
	SMEAR(8, Y5, Y6)
	SMEAR(9, Y5, Y6)
	VMOVDQU from24<>(SB), Y6
	VPANDN Y6, Y5, Y5
	VPOR stop(DI), Y5, Y5
	VMOVDQU Y5, gaps(DI)
	VMOVDQU (stop+8)(DI), Y6
	PULL(1, Y5, Y6, Y7, Y2)
	VPOR Y7, Y5, Y5
	VPSRLQ $1, Y6, Y7
	VPOR Y7, Y6, Y6 // one of two
	PULL(8, Y5, Y6, Y7, Y2)
	VPANDN Y9, Y7, Y9
	PULL(2, Y5, Y6, Y7, Y2)
	VPOR Y7, Y5, Y5
	VPSRLQ $2, Y6, Y7
	VPOR Y7, Y6, Y6
	PULL(4, Y5, Y6, Y7, Y2)
	VPOR Y7, Y5, Y5
	VPANDN Y9, Y5, Y9
	VMOVDQU Y9, tens(DI)

	// Y5 d1, Y6 two, Y7 n2, Y8 d2, Y9 three, Y13 d3, Y14 four
	PULL(1, Y0, Y1, Y5, Y2)
	VPAND Y0, Y5, Y6
	VPSRLQ $1, Y1, Y7
	VPAND Y1, Y7, Y7
	PULL(2, Y0, Y1, Y8, Y2)
	VPAND Y6, Y8, Y9
	PULL(3, Y0, Y1, Y13, Y2)
	VPAND Y9, Y13, Y14

	// threes
	VPAND Y4, Y9, Y9
	VPANDN Y9, Y13, Y9
	VMOVDQU space(DI), Y2
	VPSLLQ $1, Y2, Y2
	VPSLLQ $2, Y12, Y13
	VPAND Y2, Y13, Y13
	VPSLLQ $1, Y12, Y12
	VPOR Y12, Y13, Y13
	VPOR lowThree<>(SB), Y13, Y13
	VPAND Y13, Y9, Y9
	VMOVDQU space(DI), Y2
	VPSRLQ $3, Y2, Y2
	VMOVDQU (space+8)(DI), Y12
	VPSLLQ $61, Y12, Y12
	VPOR Y12, Y2, Y2
	PULL(4, Y10, Y11, Y12, Y13)
	VPAND Y12, Y2, Y2
	PULL(3, Y10, Y11, Y12, Y13)
	VPOR Y12, Y2, Y2
	VPAND Y2, Y9, Y9
	VMOVDQU Y9, threes(DI)
	NOTE(Y9, 7)

	// tens
	VMOVDQU stop(DI), Y9
	VMOVDQU (stop+8)(DI), Y10
	PULL(10, Y9, Y10, Y9, Y2)
	PULL(4, Y0, Y1, Y10, Y2)
	VPAND Y14, Y10, Y10
	VPANDN Y9, Y10, Y9 // day
	VMOVDQU colon(DI), Y10
	VMOVDQU (colon+8)(DI), Y11
	PULL(13, Y10, Y11, Y10, Y2)
	PULL(14, Y0, Y1, Y11, Y2)
	VPAND Y10, Y11, Y10
	PULL(5, Y0, Y1, Y11, Y2)
	VPOR Y8, Y11, Y11
	PULL(10, Y0, Y1, Y12, Y2)
	VPOR Y12, Y11, Y11
	VPANDN Y10, Y11, Y10 // clock
	VPOR Y9, Y10, Y9
	VPANDN tens(DI), Y9, Y9
	VMOVDQU Y9, tens(DI)
	NOTE(Y9, 4)

	// Y9 dots, Y10 n4
	VPAND dot(DI), Y3, Y9
	VPAND Y5, Y9, Y9
	VMOVDQU Y9, dots(DI)
	VPSRLQ $2, Y7, Y10
	VPAND Y7, Y10, Y10
	PULL(1, Y14, Y10, Y11, Y2)
	VPAND Y9, Y11, Y11
	VPSLLQ $3, Y9, Y12
	VPANDN Y11, Y12, Y11
	VMOVDQU Y11, fracs(DI)
	NOTE(Y11, 6)
	VPSLLQ $1, Y1, Y13
	VPSRLQ $63, Y0, Y2
	VPOR Y2, Y13, Y13
	VPAND (dot+8)(DI), Y13, Y13
	VPSRLQ $1, Y1, Y2
	VPAND Y2, Y13, Y13
	VPCMPEQQ Y15, Y13, Y13
	VPANDN Y9, Y13, Y12
	VPCMPEQQ Y2, Y2, Y2
	VPADDQ Y2, Y9, Y13
	VPAND Y9, Y13, Y13
	VPADDQ Y2, Y13, Y11
	VPAND Y13, Y11, Y11
	VPOR Y12, Y11, Y11
	NOTE(Y11, 5)

	// sixes and years
	PULL(4, Y6, Y7, Y11, Y2)
	VPAND Y14, Y11, Y11
	PULL(6, Y14, Y10, Y12, Y2)
	VPAND Y4, Y11, Y13
	VPANDN Y13, Y12, Y13
	VMOVDQU Y13, sixes(DI)
	NOTE(Y13, 8)
	PULL(4, Y0, Y1, Y11, Y2)
	VPAND Y4, Y14, Y12
	VPANDN Y12, Y11, Y12
	VMOVDQU Y12, years(DI)
	NOTE(Y12, 9)

	// shorts
	VPANDN Y6, Y8, Y6
	VPSRLQ $2, Y1, Y11
	VPANDN Y7, Y11, Y7
	PULL(3, Y6, Y7, Y11, Y2)
	PULL(6, Y6, Y7, Y12, Y2)
	VPAND Y11, Y12, Y12
	VPAND Y4, Y6, Y6
	VPAND Y12, Y6, Y6
	APART(Y13, Y12, Y2)
	VPANDN Y6, Y13, Y6
	VMOVDQU Y6, shorts(DI)
	NOTE(Y6, 10)

	ADDQ $32, DI
	ADDL $4, CX
	SUBQ $4, R8
	JHI  blocks
	VZEROUPPER
	RET

// func addRuns(p *planes, n int, run uint64) uint64
//
// It leaves in ends where words end that begin with a capital: adding the bit of the capital to the run of its letters
// carries it there.
TEXT ·addRuns(SB), NOSPLIT, $0-32
	MOVQ p+0(FP), DI
	MOVQ n+8(FP), R8
	MOVQ run+16(FP), AX
	ADDQ $8, DI
	NEGQ AX

block:
	MOVQ word(DI), R9
	ADCQ first(DI), R9
	MOVQ R9, ends(DI)
	LEAQ 8(DI), DI
	DECQ R8
	JNZ  block
	SBBQ AX, AX
	NEGQ AX
	MOVQ AX, ret+24(FP)
	RET

// func linkAVX2(p *planes, n int)
//
// It does what links does in derive.go, one step after the other for all blocks.
TEXT ·linkAVX2(SB), NOSPLIT, $0-16
	MOVQ p+0(FP), SI
	MOVQ n+8(FP), R8
	LEAQ events(SI), R9
	ADDQ $8, SI
	VPXOR Y15, Y15, Y15

	MOVQ SI, DI
	MOVQ R8, CX

behind:
	VMOVDQU ends(DI), Y0
	VMOVDQU word(DI), Y1
	VPANDN Y0, Y1, Y0
	VPAND space(DI), Y0, Y0
	VMOVDQU first(DI), Y2
	VMOVDQU (first-8)(DI), Y3
	SMEAR(1, Y2, Y1)
	VPSLLQ $1, Y2, Y1
	VPSLLQ $3, Y2, Y2
	VPOR Y1, Y2, Y2
	VPSRLQ $60, Y3, Y1
	VPOR Y1, Y2, Y2
	VPSRLQ $61, Y3, Y1
	VPOR Y1, Y2, Y2
	VPSRLQ $62, Y3, Y1
	VPOR Y1, Y2, Y2
	VPSRLQ $63, Y3, Y1
	VPOR Y1, Y2, Y2 // four behind
	VPANDN dot(DI), Y2, Y2
	VPANDN Y0, Y2, Y0
	VMOVDQU Y0, ends(DI)
	ADDQ $32, DI
	SUBQ $4, CX
	JHI  behind

	MOVQ SI, DI
	MOVQ R8, CX

one:
	VMOVDQU ends(DI), Y0
	VMOVDQU (ends-8)(DI), Y1
	VPSLLQ $1, Y0, Y0
	VPSRLQ $63, Y1, Y1
	VPOR Y1, Y0, Y0
	VPAND space(DI), Y0, Y1
	VMOVDQU Y1, ends1(DI)
	VPAND first(DI), Y0, Y0
	VMOVDQU Y0, links(DI)
	ADDQ $32, DI
	SUBQ $4, CX
	JHI  one

	MOVQ SI, DI
	MOVQ R8, CX

two:
	VMOVDQU ends1(DI), Y0
	VMOVDQU (ends1-8)(DI), Y1
	VPSLLQ $1, Y0, Y0
	VPSRLQ $63, Y1, Y1
	VPOR Y1, Y0, Y0
	VPAND space(DI), Y0, Y1
	VMOVDQU Y1, ends2(DI)
	VPAND first(DI), Y0, Y0
	VPOR links(DI), Y0, Y0
	VMOVDQU Y0, links(DI)
	ADDQ $32, DI
	SUBQ $4, CX
	JHI  two

	XORL CX, CX

three:
	VMOVDQU ends2(SI), Y0
	VMOVDQU (ends2-8)(SI), Y1
	VPSLLQ $1, Y0, Y0
	VPSRLQ $63, Y1, Y1
	VPOR Y1, Y0, Y0
	VPAND first(SI), Y0, Y0
	VPOR links(SI), Y0, Y0
	VMOVDQU Y0, links(SI)
	NOTE(Y0, 11)
	ADDQ $32, SI
	ADDL $4, CX
	SUBQ $4, R8
	JHI  three
	VZEROUPPER
	RET
