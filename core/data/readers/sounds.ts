/** Folders of recordings: each is a sample. */
import { count } from "../../language/text";
import type { FolderReader, FolderSource } from "../reader";
import type { Column } from "./columns";
import { unsupported } from "./file";
import { labelsOf } from "./folder-labels";
import { BANDS, RANGE, spectrogram } from "./spectrogram";
import { readWav, type Recording } from "./wav";

const SOUND = /\.wav$/i;
/** Numbers of all recordings, each as long as the longest. */
const MOST_NUMBERS = 2 ** 28;

export const sounds: FolderReader = {
  id: "sounds",
  title: "folders of recordings (`.wav`)",
  doc: `Each recording is a sample of the fields \`sound\` (its signal, one channel) and \`spectrogram\` (frames of ${BANDS} mel bands, the loudest ${RANGE} decibels); shorter ones end in silence, and \`sound_length\` counts their numbers. Folders and a table beside them as for pictures.`,
  limits: "One rate; whole numbers of 8 to 32 bits or floats, not compressed.",
  example: {
    python: 'scipy.io.wavfile.write("sounds/high/0001.wav", 8000, samples)',
    spec: [
      'data "./sounds"',
      "modality sound : audio(30, 32) = spectrogram",
      "observe label : label(2)",
    ].join("\n"),
  },
  recognises: (names) => names.some((name) => SOUND.test(name)),
  async arrays(source) {
    const files = source.folder.names.filter((name) => SOUND.test(name));
    const recordings: Recording[] = [];
    for (const name of files) recordings.push(await recordingOf(source, name));
    const other = recordings.findIndex(({ rate }) => rate !== recordings[0]!.rate);
    if (other >= 0)
      throw unsupported(
        source,
        `${files[other]} has ${recordings[other]!.rate} numbers a second, and ${files[0]} ${recordings[0]!.rate}`,
        "Resample all recordings to one rate, for example with `sox in.wav -r 8000 out.wav`.",
      );
    const longest = Math.max(1, ...recordings.map(({ samples }) => samples.length));
    if (longest * files.length > MOST_NUMBERS)
      throw unsupported(
        source,
        `its ${count(files.length, "recording")}, each as long as the longest, have ${longest * files.length} numbers`,
        "Cut them into shorter ones, or resample them to 8000 numbers a second.",
      );
    return new Map<string, Column>([
      ["sound", signals(recordings, longest)],
      ["sound_length", lengths(recordings)],
      ["spectrogram", await spectrograms(recordings)],
      ...(await labelsOf(source, files)),
    ]);
  },
};

const recordingOf = async (source: FolderSource, name: string): Promise<Recording> =>
  readWav({ uri: `${source.uri}/${name}`, about: source.about, bytes: await source.folder.read(name) });

const lengths = (recordings: readonly Recording[]): Column => ({
  shape: [recordings.length],
  dtype: "int32",
  values: Int32Array.from(recordings, ({ samples }) => samples.length),
});

function signals(recordings: readonly Recording[], longest: number): Column {
  const values = new Float32Array(recordings.length * longest);
  recordings.forEach(({ samples }, i) => values.set(samples, i * longest));
  const { rate } = recordings[0]!;
  return { shape: [recordings.length, longest], dtype: "float32", values, kind: "signal", rate };
}

/** Bytes: 255 is the loudest of all, 0 what is quieter by the whole range. */
async function spectrograms(recordings: readonly Recording[]): Promise<Column> {
  const { default: magnitudes } = await import("fourier-transform");
  const all = recordings.map((recording) => spectrogram(recording, magnitudes));
  const frames = Math.max(...all.map((one) => one.frames));
  const loudest = all.reduce((most, { values }) => values.reduce((a, b) => Math.max(a, b), most), -Infinity);
  const bytes = new Uint8Array(all.length * frames * BANDS);
  all.forEach(({ values }, i) =>
    values.forEach((decibels, at) => {
      bytes[i * frames * BANDS + at] = Math.max(0, Math.round(255 * (1 + (decibels - loudest) / RANGE)));
    }),
  );
  return { shape: [all.length, frames, BANDS], dtype: "uint8", values: bytes, kind: "audio" };
}
