/** Recordings in the WAV format (Microsoft and IBM, RIFF, 1991): numbers as they are, or whole numbers of 8 to 32 bits. */
import { damaged, unsupported, viewOf, type DataFile } from "./file";

export interface Recording {
  /** Samples a second. */
  rate: number;
  /** The mean of all channels, from -1 to 1. */
  samples: Float32Array;
}

const WHOLE = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** What a file may be that is only named as a recording, by its first four bytes. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^RF64|^BW64/, "RF64, the form of WAV for long recordings"],
  [/^RIFX/, "WAV with the most significant byte first"],
  [/^ID3|^\xff[\xe2-\xff]/, "MP3"],
  [/^fLaC/, "FLAC"],
  [/^OggS/, "Ogg"],
  [/^FORM/, "AIFF"],
];

/** @throws DataError when it is cut short, or compressed */
export function readWav(file: DataFile): Recording {
  const { bytes } = file;
  const view = viewOf(bytes);
  const name = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  const other = OTHERS.find(([begins]) => begins.test(name(0)))?.[1];
  if (other !== undefined)
    throw unsupported(
      file,
      `it is ${other}, not plain WAV`,
      "Save it as WAV of 16 bits, for example with `ffmpeg -i in.wav -c:a pcm_s16le out.wav`.",
    );
  if (bytes.length < 44 || name(0) !== "RIFF" || name(8) !== "WAVE")
    throw damaged(file, "it does not begin as a recording does");
  let format: { code: number; channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name(at) === "fmt " && size >= 16 && start + size <= bytes.length) {
      const code = view.getUint16(start, true);
      format = {
        // The extensible form says the same at the beginning of a longer name.
        code: code === EXTENSIBLE && size >= 40 ? view.getUint16(start + 24, true) : code,
        channels: view.getUint16(start + 2, true),
        rate: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      };
    } else if (name(at) === "data") {
      if (format === undefined) throw damaged(file, "it does not say how its numbers are stored");
      // Recorders that were stopped leave a length that is not there.
      return {
        rate: format.rate,
        samples: samplesOf(file, format, start, Math.min(start + size, bytes.length)),
      };
    }
    at = start + size + (size % 2);
  }
  throw damaged(file, "it has no sound");
}

function samplesOf(
  file: DataFile,
  { code, channels, bits }: { code: number; channels: number; bits: number },
  start: number,
  end: number,
): Float32Array {
  const view = viewOf(file.bytes);
  const read = reading(view, code, bits);
  if (read === undefined || channels === 0)
    throw unsupported(
      file,
      `its numbers are stored by method ${code} in ${bits} bits`,
      "Save it as WAV of 16 bits, which every recorder can.",
    );
  const step = (bits / 8) * channels;
  const samples = new Float32Array(Math.floor((end - start) / step));
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(start + i * step + (channel * bits) / 8);
    samples[i] = sum / channels;
  }
  return samples;
}

function reading(view: DataView, code: number, bits: number): ((at: number) => number) | undefined {
  if (code === FLOAT && bits === 32) return (at) => view.getFloat32(at, true);
  if (code === FLOAT && bits === 64) return (at) => view.getFloat64(at, true);
  if (code !== WHOLE) return undefined;
  if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128;
  if (bits === 16) return (at) => view.getInt16(at, true) / 2 ** 15;
  if (bits === 24) return (at) => (view.getUint8(at) + 256 * view.getInt16(at + 1, true)) / 2 ** 23;
  if (bits === 32) return (at) => view.getInt32(at, true) / 2 ** 31;
  return undefined;
}
