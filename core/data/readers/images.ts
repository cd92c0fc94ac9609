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
  limits: `Pictures of one size, grey or colour; transparency is left out, 16 bits become 8; ${MOST_PIXELS} million pixels each, ${LARGEST / 2 ** 30} GiB in all.`,
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

/** Bytes of one picture, channels first: one channel where it is grey. */
interface Picture {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array;
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
    bytes += picture.pixels.length;
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
  const values = new Uint8Array(pictures.length * channels * size);
  pictures.forEach(({ pixels }, i) => {
    for (let channel = 0; channel < channels; channel++) {
      const from = pixels.length > size ? channel * size : 0;
      values.set(pixels.subarray(from, from + size), (i * channels + channel) * size);
    }
  });
  const shape = channels === 3 ? [pictures.length, 3, height, width] : [pictures.length, height, width];
  return { shape, dtype: "uint8", values };
}

async function pictureOf(source: FolderSource, file: string): Promise<Picture> {
  const bytes = await source.folder.read(file);
  try {
    if (bytes[0] === 0x89) return await decodedPng(bytes);
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
  const data = depth === 16 ? Uint8Array.from(png.data, (value) => value >> 8) : (png.data as Uint8Array);
  return planes({ width, height, data, step: channels });
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
  const pixels = new Uint8Array(channels * size);
  for (let channel = 0; channel < channels; channel++)
    for (let i = 0; i < size; i++) pixels[channel * size + i] = data[i * step + channel]!;
  return { width, height, channels, pixels };
}

function isGrey(data: ArrayLike<number>, step: number, size: number): boolean {
  for (let i = 0; i < size; i++)
    if (data[i * step] !== data[i * step + 1] || data[i * step] !== data[i * step + 2]) return false;
  return true;
}
