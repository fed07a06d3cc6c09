//go:build !purego

#include "textflag.h"

DATA seconds<>+0(SB)/8, $0x1F001F001F001F00 // of the second bytes of four letters what is the same for both cases
GLOBL seconds<>(SB), RODATA|NOPTR, $8

DATA leads<>+0(SB)/8, $0x00FC00FC00FC00FC
GLOBL leads<>(SB), RODATA|NOPTR, $8

DATA cyrillic<>+0(SB)/8, $0x00D000D000D000D0
GLOBL cyrillic<>(SB), RODATA|NOPTR, $8

DATA factor<>+0(SB)/8, $0x9E3779B97F4A7C15 // hashFactor
GLOBL factor<>(SB), RODATA|NOPTR, $8

// func partLonesBMI(lones *[wordBatch]uint32, plain *[wordBatch]uint64, words *uint32, n int, a *byte, base uint32, begins *nameBegins, lone, that *[256]uint8) int
TEXT ·partLonesBMI(SB), NOSPLIT, $0-80
	MOVQ lones+0(FP), DI
	MOVQ plain+8(FP), SI
	MOVQ words+16(FP), DX
	MOVQ n+24(FP), CX
	MOVQ a+32(FP), BX
	MOVQ begins+48(FP), R8
	MOVQ lone+56(FP), R9
	MOVQ that+64(FP), R10
	LEAQ (DX)(CX*4), CX // where the words end

word:
	MOVL (DX), R15
	ADDQ $4, DX
	ADDL base+40(FP), R15
	MOVL R15, (DI)

	// R12: four letters, up to the first lead byte that is none of Cyrillic; R14: five of them.
	MOVQ (BX)(R15*1), R12
	MOVQ leads<>(SB), R13
	ANDQ R12, R13
	XORQ cyrillic<>(SB), R13
	BLSMSKQ R13, AX
	ANDQ AX, R12
	ANDQ seconds<>(SB), R12
	MOVWLZX 8(BX)(R15*1), R14
	MOVL R14, AX
	ANDL $0xFC, AX
	XORL $0xD0, AX
	ORQ  AX, R13
	CMPQ R13, $1
	SBBL AX, AX // all ones if no lead byte is another
	SHRL $8, R14
	ANDL $0x1F, R14
	ANDL AX, R14
	ORQ  R12, R14
	PEXTQ seconds<>(SB), R12, AX
	ANDL $0x7FFF, AX
	SHLQ $32, AX
	ORQ  R15, AX
	MOVQ AX, (SI)

	// May they begin a name, which has two letters?
	IMULQ factor<>(SB), R12
	IMULQ factor<>(SB), R14
	MOVQ R12, AX
	SHRQ $52, AX
	MOVQ (R8)(AX*8), AX
	SHRQ $46, R12
	SHRXQ R12, AX, R11
	SHRQ $58, R14
	SHRXQ R14, AX, AX
	ANDL AX, R11
	MOVBLZX 2(BX)(R15*1), AX
	ANDL $0xFC, AX
	CMPL AX, $0xD0
	SETEQ AX
	ANDL AX, R11

	// Does it stand in the middle of a sentence? Two bytes before the first word of the arena there is nothing.
	MOVL R15, AX
	CMPL AX, $2
	ADCL $0, AX
	MOVWLZX -2(BX)(AX*1), AX
	MOVBLZX AX, R15
	SHRL $8, AX
	MOVBLZX (R10)(R15*1), R15
	MOVBLZX (R9)(AX*1), AX
	ANDL AX, R15
	MOVL R15, AX
	SHRL $1, AX
	ORL  AX, R15
	ORL  R15, R11

	ANDL $1, R11
	LEAQ (DI)(R11*4), DI
	XORL $1, R11
	LEAQ (SI)(R11*8), SI
	CMPQ DX, CX
	JNE  word
	SUBQ lones+0(FP), DI
	SHRQ $2, DI
	MOVQ DI, ret+72(FP)
	RET
