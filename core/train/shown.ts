/** Samples of one stream as people see them. */
export type Samples = Pictures | Texts;

/** Bytes 0..255, [count, height, width, channels] (a vector is one row); with 3 channels they are red, green and blue. */
export interface Pictures {
  kind: "pictures";
  stream: string;
  count: number;
  height: number;
  width: number;
  channels: 1 | 3;
  original: Uint8Array;
  reconstruction?: Uint8Array;
  /** Of a film: how many frames of a sample stand one below the other in its height. */
  frames?: number;
  /** Of recordings, whose signals are drawn. */
  sound?: Sound;
}

/** Sounds of samples as numbers of 16 bits, little-endian, [count, length]. */
export interface Sound {
  /** Numbers a second. */
  rate: number;
  original: Uint8Array;
  reconstruction?: Uint8Array;
}

/** Texts as words, one text a sample; of a reconstruction the most likely words, the likeliest first. */
export interface Texts {
  kind: "texts";
  stream: string;
  original: string[];
  reconstruction?: string[];
}
