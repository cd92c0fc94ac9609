/** Agreements with encode.ts and memory.ts: where things lie and what the numbers of a table mean. */

/** 64 bytes that are always zero. */
export const ZEROS: usize = 64;

/** Words of the control block, each on its own cache line. */
export const ARRIVED: usize = 128;
export const GENERATION: usize = 192;
export const START: usize = 256;
export const TABLE: usize = 320;

/** From byte 512 to 1024: the module's constants (scripts/kernels.mjs). */

/** Per-thread scratch: packed block of the right operand, packed panel of the left, one output tile, blocks of a map. */
export const PACKED_B: usize = 0;
export const PACKED_B_FLOATS: i32 = 131072;
export const PACKED_A: usize = 528384;
export const TILE: usize = 561152;
export const SLOTS: usize = 561408;
export const BLOCKS: usize = 561664;

/** Floats that one instruction of a map handles at a time; a block has 16 more for vectors that run over. */
export const BLOCK: i32 = 512;
export const BLOCK_BYTES: usize = 2112;
