//go:build !purego

#include "textflag.h"

// PLACE writes the place of the lowest bit of R8 and takes the bit away; without a bit it writes what will be overwritten.
#define PLACE(at) \
	TZCNTQ R8, R10; \
	BLSRQ R8, R8; \
	ADDL AX, R10; \
	MOVL R10, (4*at)(DI)

// func flattenBMI(places *uint32, starts *uint64, n int, letters *uint64) int
TEXT ·flattenBMI(SB), NOSPLIT, $0-40
	MOVQ places+0(FP), DI
	MOVQ starts+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ letters+24(FP), BX
	XORL AX, AX

block:
	MOVQ (SI), R8
	ANDQ (BX), R8
	JZ   none
	POPCNTQ R8, R9
	LEAQ (DI)(R9*4), R11
	PLACE(0)
	PLACE(1)
	PLACE(2)
	PLACE(3)
	PLACE(4)
	PLACE(5)
	CMPQ R9, $6
	JBE  next
	ADDQ $24, DI
	JMP  first

more:
	ADDQ $32, DI

first:
	PLACE(0)
	PLACE(1)
	PLACE(2)
	PLACE(3)
	PLACE(4)
	PLACE(5)
	PLACE(6)
	PLACE(7)
	TESTQ R8, R8
	JNZ  more

next:
	MOVQ R11, DI

none:
	ADDQ $8, SI
	ADDQ $8, BX
	ADDL $64, AX
	DECQ CX
	JNZ  block
	SUBQ places+0(FP), DI
	SHRQ $2, DI
	MOVQ DI, ret+32(FP)
	RET

// PASS moves on behind the word that was written if the set has its code.
#define PASS \
	MOVL AX, R10; \
	SHRL $6, R10; \
	MOVQ (DX)(R10*8), R10; \
	SHRXQ AX, R10, R10; \
	ANDL $1, R10; \
	LEAQ (DI)(R10*4), DI

// func filterCyrillicBMI(maybe, words *uint32, n int, text *byte, set *wordCodes) int
TEXT ·filterCyrillicBMI(SB), NOSPLIT, $0-48
	MOVQ maybe+0(FP), DI
	MOVQ words+8(FP), SI
	MOVQ n+16(FP), R9
	MOVQ text+24(FP), BX
	MOVQ set+32(FP), DX
	LEAQ (SI)(R9*4), R9
	MOVQ $0x1F001F001F001F00, R8
	MOVQ $0x00FC00FC00FC00FC, R11
	MOVQ $0x00D000D000D000D0, R12

word:
	MOVL (SI), CX
	ADDQ $4, SI
	MOVL CX, (DI)
	MOVQ (BX)(CX*1), AX
	// Where a lead byte is none of Cyrillic the word is over.
	MOVQ AX, R10
	ANDQ R11, R10
	XORQ R12, R10
	BLSMSKQ R10, R10
	ANDQ R10, AX
	PEXTQ R8, AX, AX
	PASS
	CMPQ SI, R9
	JNE  word
	SUBQ maybe+0(FP), DI
	SHRQ $2, DI
	MOVQ DI, ret+40(FP)
	RET

// func filterLatinBMI(maybe, words *uint32, n int, text *byte, set *wordCodes) int
TEXT ·filterLatinBMI(SB), NOSPLIT, $0-48
	MOVQ maybe+0(FP), DI
	MOVQ words+8(FP), SI
	MOVQ n+16(FP), R9
	MOVQ text+24(FP), BX
	MOVQ set+32(FP), DX
	LEAQ (SI)(R9*4), R9
	MOVL $0x1F1F1F1F, R12

word:
	MOVL (SI), CX
	ADDQ $4, SI
	MOVL CX, (DI)
	MOVL (BX)(CX*1), R8
	MOVL R8, R10
	ORL  $0x20202020, R10
	ANDL $0x7F7F7F7F, R10
	LEAL 0x1F1F1F1F(R10), R13
	ADDL $0x05050505, R10
	ORL  R8, R10
	ANDNL R13, R10, R10
	ANDL $0x80808080, R10
	// R10: letters; R13: small ones; a capital behind a small one begins another word
	LEAL (R8)(R8*1), R13
	ADDL R13, R13
	ANDL R10, R13
	ANDNL R10, R13, AX
	SHLL $8, R13
	TESTL AX, R13
	JNZ  camel
	NOTL R10
	ANDL $0x80808080, R10
	SHRL $7, R10
	LEAL -1(R10), R13
	ANDNL R13, R10, R10
	ANDL R10, R8
	PEXTQ R12, R8, AX
	XORL $0xA5A5A, AX
	PASS
	CMPQ SI, R9
	JNE  word

done:
	SUBQ maybe+0(FP), DI
	SHRQ $2, DI
	MOVQ DI, ret+40(FP)
	RET

camel:
	ADDQ $4, DI
	CMPQ SI, R9
	JNE  word
	JMP  done
