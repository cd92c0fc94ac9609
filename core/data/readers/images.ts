/** Folders of pictures: each is a sample. */
import { count } from "../../language/text";
import type { FolderReader, FolderSource, NumberArray } from "../reader";
import type { Column } from "./columns";
import { damaged, unsupported, viewOf } from "./file";
import { labelsOf } from "./folder-labels";

const PICTURE = /\.(png|jpe?g)$/i;
/** Bytes of all pictures together. */
const LARGEST = 2 ** 30;
/** Pixels of one picture, in millions: a damaged header claims any number. */
const MOST_PIXELS = 16;
/** Memory of one JPEG while it is decoded, MiB. */
const DECODING = 256;

export const images: FolderReader = {
  id: "images",
  title: "folders of pictures (`.png`, `.jpg`)",
  doc: "Each picture is a sample of the field `image`; folders within are the classes of `label`; a table beside them (`.csv`, `.tsv`) with a column `file`, `file_name` or `path` gives its other columns, such as a caption.",
  limits: `Pictures of one size, grey or colour; transparency is left out; of 8 bits or less as bytes, of 16 bits as numbers from 0 to 1; ${MOST_PIXELS} million pixels each, ${LARGEST / 2 ** 30} GiB in all.`,
  example: {
    python: 'PIL.Image.fromarray(pixels).save("pictures/disc/0001.png")',
    spec: [
      'data "./pictures"',
      "modality picture : image(12, 12, 3) = image",
      "modality caption : text(5, 13)",
      "observe label : label(3)",
    ].join("\n"),
  },
  recognises: (names) => names.some((name) => PICTURE.test(name)),
  async arrays(source) {
    const files = source.folder.names.filter((name) => PICTURE.test(name));
    return new Map<string, Column>([
      ["image", await picturesOf(source, files)],
      ...(await labelsOf(source, files)),
    ]);
  },
};

/** One picture, channels first: one channel where it is grey. Its numbers are of 8 bits or of 16. */
interface Picture {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array | Uint16Array;
}

async function picturesOf(source: FolderSource, files: readonly string[]): Promise<NumberArray> {
  const pictures: Picture[] = [];
  let bytes = 0;
  for (const file of files) {
    const picture = await pictureOf(source, file);
    const first = pictures[0] ?? picture;
    if (picture.width !== first.width || picture.height !== first.height)
      throw unsupported(
        source,
        `${file} has ${picture.height} x ${picture.width} pixels, and ${files[0]} ${first.height} x ${first.width}`,
        `Bring all pictures to one size, with Python: import pathlib; from PIL import Image; [Image.open(f).resize((${first.width}, ${first.height})).save(f) for f in pathlib.Path(${JSON.stringify(source.uri)}).rglob("*.*") if f.suffix.lower() in (".png", ".jpg", ".jpeg")]`,
      );
    // Of 16 bits each becomes a float.
    bytes += picture.pixels.length * (picture.pixels instanceof Uint16Array ? 4 : 1);
    if (bytes > LARGEST)
      throw unsupported(
        source,
        `its ${count(files.length, "picture")} of ${first.height} x ${first.width} need more than ${LARGEST / 2 ** 20} MiB`,
        "Use fewer or smaller pictures: 64 x 64 is enough for a preview.",
      );
    pictures.push(picture);
  }
  const { width, height } = pictures[0]!;
  const channels = pictures.some((picture) => picture.channels === 3) ? 3 : 1;
  const size = width * height;
  const deep = pictures.some(({ pixels }) => pixels instanceof Uint16Array);
  const values = new (deep ? Float32Array : Uint8Array)(pictures.length * channels * size);
  pictures.forEach(({ pixels }, i) => {
    const most = pixels instanceof Uint16Array ? 2 ** 16 - 1 : 2 ** 8 - 1;
    for (let channel = 0; channel < channels; channel++) {
      const from = pixels.length > size ? channel * size : 0;
      const plane = pixels.subarray(from, from + size);
      values.set(
        deep ? Float32Array.from(plane, (value) => value / most) : plane,
        (i * channels + channel) * size,
      );
    }
  });
  const shape = channels === 3 ? [pictures.length, 3, height, width] : [pictures.length, height, width];
  return { shape, dtype: deep ? "float32" : "uint8", values };
}

async function pictureOf(source: FolderSource, file: string): Promise<Picture> {
  const bytes = await source.folder.read(file);
  const isPng = bytes[0] === 0x89;
  if (!isPng && bytes[0] !== 0xff) throw otherPicture(source, file, bytes);
  try {
    if (isPng) return await decodedPng(bytes);
    const { decode } = await import("jpeg-js");
    const { width, height, data } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      maxMemoryUsageInMB: DECODING,
      maxResolutionInMP: MOST_PIXELS,
    });
    return planes({ width, height, data, step: 3 });
  } catch (error) {
    throw damaged(
      { uri: `${source.uri}/${file}`, about: source.about },
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** The error of a file that is named as a picture and is none that is read. */
function otherPicture(source: FolderSource, file: string, bytes: Uint8Array): Error {
  const named = { uri: `${source.uri}/${file}`, about: source.about };
  const first = String.fromCharCode(...bytes.subarray(0, 12));
  const [, kind] = OTHER_PICTURES.find(([begins]) => begins.test(first)) ?? [];
  if (kind === undefined) return damaged(named, "it begins neither as PNG nor as JPEG does");
  return unsupported(
    named,
    `it is ${kind}, not PNG or JPEG`,
    `Save such pictures as PNG, with Python: import pathlib; from PIL import Image; [Image.open(f).convert("RGB").save(f, "PNG") for f in pathlib.Path(${JSON.stringify(source.uri)}).rglob("*.*") if f.suffix.lower() in (".png", ".jpg", ".jpeg")]`,
  );
}

const OTHER_PICTURES: readonly (readonly [RegExp, string])[] = [
  [/^RIFF....WEBP/s, "WebP"],
  [/^GIF8/, "GIF"],
  [/^BM/, "BMP"],
  [/^(II\*|MM\0\*)/, "TIFF"],
  [/^....ftyp/s, "AVIF or HEIC"],
  [/^\s*</, "a web page or SVG"],
];

async function decodedPng(bytes: Uint8Array): Promise<Picture> {
  const { decode, convertIndexedToRgb } = await import("fast-png");
  const [claimed, lines] = [16, 20].map((at) => (bytes.length < 24 ? 0 : viewOf(bytes).getUint32(at)));
  if (claimed! * lines! > MOST_PIXELS * 1e6)
    throw new Error(`it claims ${lines} x ${claimed} pixels, more than ${MOST_PIXELS} million`);
  const png = decode(bytes);
  const { width, height, depth, channels } = png;
  if (png.palette !== undefined) {
    const data = convertIndexedToRgb(png);
    return planes({ width, height, data, step: data.length / (width * height) });
  }
  if (depth < 8) return planes({ width, height, data: unpacked(png.data, width, height, depth), step: 1 });
  return planes({ width, height, data: png.data, step: channels });
}

/** Pixels of 1, 2 or 4 bits, each row from a byte on, as bytes of full range. */
function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const stride = Math.ceil((width * depth) / 8);
  const most = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * stride + (bit >> 3)]!;
    return Math.round((((byte >> (8 - depth - (bit & 7))) & most) * 255) / most);
  });
}

/** Pixels one channel after another; grey ones as one channel. @param step numbers of a pixel: grey, grey and alpha, RGB or RGBA */
function planes({
  width,
  height,
  data,
  step,
}: {
  width: number;
  height: number;
  data: ArrayLike<number>;
  step: number;
}): Picture {
  const size = width * height;
  const colours = step >= 3;
  const grey = !colours || isGrey(data, step, size);
  const channels = grey ? 1 : 3;
  const pixels = new (data instanceof Uint16Array ? Uint16Array : Uint8Array)(channels * size);
  for (let channel = 0; channel < channels; channel++)
    for (let i = 0; i < size; i++) pixels[channel * size + i] = data[i * step + channel]!;
  return { width, height, channels, pixels };
}

function isGrey(data: ArrayLike<number>, step: number, size: number): boolean {
  for (let i = 0; i < size; i++)
    if (data[i * step] !== data[i * step + 1] || data[i * step] !== data[i * step + 2]) return false;
  return true;
}
