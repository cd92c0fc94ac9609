/**
 * Formats that are not read here but are often what a `data` statement names: each is recognised by its first bytes, with a line
 * of Python that saves the same data as an archive of arrays.
 */
import type { DataError } from "../dataset";
import type { DataSource } from "../reader";
import { unsupported } from "./file";

interface Foreign {
  /** What the file is, after "it is". */
  name: string;
  fits: (file: Looked) => boolean;
  /** Python that reads FILE and writes NPZ, on one line. */
  python?: string;
  /** What to do, where Python alone does not help, or what to know before. */
  advice?: string;
  /** Whether the Python reads the file as it is when it is compressed by gzip. */
  throughGzip?: true;
}

interface Looked {
  /** The first bytes of the content, each a character. */
  text: string;
  /** The names in a zip archive. */
  names: readonly string[];
  uri: string;
}

const begins =
  (...starts: (string | RegExp)[]): Foreign["fits"] =>
  ({ text }) =>
    starts.some((start) => (typeof start === "string" ? text.startsWith(start) : start.test(text)));
const at =
  (place: number, words: string): Foreign["fits"] =>
  ({ text }) =>
    text.startsWith(words, place);
const contains =
  (entry: RegExp): Foreign["fits"] =>
  ({ names }) =>
    names.some((name) => entry.test(name));
/** Characters and the white space of text alone. */
const isText = ({ text }: Looked): boolean => /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(text);

const tableOf = (read: string): string =>
  `import numpy, pandas; numpy.savez(NPZ, X=pandas.${read}(FILE).select_dtypes("number").to_numpy("float32"))`;
const unpacked = (modules: string, open: string): string =>
  `import ${modules}; shutil.copyfileobj(${open}, open(NPZ, "wb"))`;
const imagesOf = (ending: string): string =>
  `import numpy, pathlib; from PIL import Image; numpy.savez(NPZ, X=numpy.stack([numpy.asarray(Image.open(f).convert("L")) for f in sorted(pathlib.Path(FILE).parent.glob("*.${ending}"))]))`;
const torch =
  'import numpy, torch; d = torch.load(FILE, map_location="cpu"); numpy.savez(NPZ, **{k: numpy.asarray(v) for k, v in (d if isinstance(d, dict) else {"X": d}).items()})';
const oneImage = "One image is one sample: this stacks all images of the folder, which must be of one size.";
const extract = "Extract it, and name the file of arrays in it.";

/** In this order: the first that fits. */
const formats: readonly Foreign[] = [
  {
    name: "a pointer of Git LFS, not the data",
    fits: begins("version https://git-lfs"),
    advice: "Run `git lfs pull` in its repository.",
  },
  {
    name: "a pointer of git-annex, not the data",
    fits: begins("/annex/objects/"),
    advice: "Run `git annex get` on it.",
  },
  {
    name: "a web page, not the data",
    fits: begins(/^(\xef\xbb\xbf)?\s*<(!doctype html|html|head)\b/i),
    advice: "Open its address in a browser: the download may need a log-in or another link.",
  },
  { name: "a PyTorch file", fits: contains(/(^|\/)data\.pkl$/), python: torch },
  { name: "a PyTorch file", fits: begins("\x80\x02\x8a\x0al\xfc\x9cF\xf9"), python: torch },
  {
    name: "a Python pickle",
    fits: begins("\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05", /^([(]?[dl]p0\n|ccopy_reg\n|cnumpy)/),
    python:
      'import numpy, pickle; d = pickle.load(open(FILE, "rb")); numpy.savez(NPZ, **(d if isinstance(d, dict) else {"X": d}))',
    advice: "A pickle can run any code when it is loaded, so do this only with a file that you trust.",
  },
  { name: "an Excel workbook", fits: contains(/^xl\//), python: tableOf("read_excel") },
  {
    name: "an Excel workbook",
    fits: begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    python: tableOf("read_excel"),
  },
  {
    name: "a MATLAB file",
    fits: begins("MATLAB 5.0 MAT-file"),
    python:
      'import numpy, scipy.io; numpy.savez(NPZ, **{k: v for k, v in scipy.io.loadmat(FILE).items() if not k.startswith("__")})',
  },
  {
    name: "a safetensors file",
    fits: ({ text }) => text.startsWith('\0\0\0{"', 5),
    python: "import numpy; from safetensors.numpy import load_file; numpy.savez(NPZ, **load_file(FILE))",
  },
  { name: "an Arrow table", fits: begins("ARROW1", "FEA1"), python: tableOf("read_feather") },
  { name: "an ORC table", fits: begins("ORC"), python: tableOf("read_orc") },
  {
    name: "an R data file",
    fits: begins("RDX2\n", "RDX3\n", "X\n\0\0\0"),
    python:
      'import numpy, pyreadr; numpy.savez(NPZ, **{k or "X": v.to_numpy("float32") for k, v in pyreadr.read_r(FILE).items()})',
    throughGzip: true,
  },
  {
    name: "an SQLite database",
    fits: begins("SQLite format 3\0"),
    python:
      'import numpy, pandas, sqlite3; numpy.savez(NPZ, X=pandas.read_sql("SELECT * FROM my_table", sqlite3.connect(FILE)).to_numpy("float32"))',
    advice: "Write the name of your table for my_table.",
  },
  {
    name: "compressed by Zstandard",
    fits: begins("\x28\xb5\x2f\xfd"),
    python: 'import zstandard; zstandard.ZstdDecompressor().copy_stream(open(FILE, "rb"), open(NPZ, "wb"))',
  },
  {
    name: "compressed by xz",
    fits: begins("\xfd7zXZ\0"),
    python: unpacked("lzma, shutil", "lzma.open(FILE)"),
  },
  {
    name: "compressed by bzip2",
    fits: begins(/^BZh[1-9]1AY/),
    python: unpacked("bz2, shutil", "bz2.open(FILE)"),
  },
  {
    name: "compressed by LZ4",
    fits: begins("\x04\x22\x4d\x18"),
    python: unpacked("lz4.frame, shutil", "lz4.frame.open(FILE)"),
  },
  {
    name: "a tar archive",
    fits: at(257, "ustar"),
    python: "import tarfile; tarfile.open(FILE).extractall()",
    advice: "Then name the file of arrays that it contained.",
    throughGzip: true,
  },
  { name: "a 7-Zip archive", fits: begins("7z\xbc\xaf\x27\x1c"), advice: extract },
  { name: "a RAR archive", fits: begins("Rar!\x1a\x07"), advice: extract },
  { name: "a PNG image", fits: begins("\x89PNG"), python: imagesOf("png"), advice: oneImage },
  { name: "a JPEG image", fits: begins("\xff\xd8\xff"), python: imagesOf("jpg"), advice: oneImage },
  {
    name: "a TIFF image",
    fits: begins("II*\0", "MM\0*"),
    python: "import numpy, tifffile; numpy.savez(NPZ, X=tifffile.imread(FILE))",
    advice: "Its first axis must be that of the samples.",
  },
  {
    name: "a WAV recording",
    fits: begins(/^RIFF[^]{4}WAVE/),
    python:
      'import numpy, scipy.io.wavfile; x = scipy.io.wavfile.read(FILE)[1]; numpy.savez(NPZ, X=x[:len(x) // 1024 * 1024].reshape(-1, 1024).astype("float32"))',
    advice: "This cuts a recording of one channel into samples of 1024 numbers.",
  },
  {
    name: "a NIfTI image",
    fits: at(344, "n+1\0"),
    python:
      "import nibabel, numpy; numpy.savez(NPZ, X=numpy.moveaxis(nibabel.load(FILE).get_fdata(), -1, 0))",
    throughGzip: true,
  },
  {
    name: "a FITS file",
    fits: begins("SIMPLE  ="),
    python: "import numpy; from astropy.io import fits; numpy.savez(NPZ, X=fits.getdata(FILE))",
    throughGzip: true,
  },
  { name: "a PDF document", fits: begins("%PDF"), advice: "Name the file of the numbers." },
  {
    name: "a zip archive without arrays",
    fits: contains(/./),
    advice: "Extract it, and save its data with numpy.savez, one array for each field.",
  },
  {
    name: "JSON",
    fits: begins(/^(\xef\xbb\xbf)?\s*[[{]\s*["[{\d\-\]}]/),
    python: tableOf("read_json"),
    throughGzip: true,
  },
  {
    name: "a table in text, such as CSV",
    fits: (file) => isText(file) && /[,;\t]/.test(file.text),
    advice: "Rename it so that its name ends in .csv or .tsv.",
  },
  {
    name: "text",
    fits: isText,
    python: 'import numpy; numpy.savez(NPZ, X=numpy.loadtxt(FILE, dtype="float32"))',
    throughGzip: true,
  },
];

interface Look {
  /** The first bytes of the content. */
  first: Uint8Array;
  /** The names in a zip archive. */
  names?: readonly string[];
  /** Whether the file is compressed by gzip. */
  gzip?: boolean;
}

/**
 * The error of a file that no reader reads, or of a zip archive without arrays.
 * @param titles of the formats that are read
 */
export function foreign(source: Pick<DataSource, "uri" | "about">, look: Look, titles: string): DataError {
  const { first, names = [], gzip = false } = look;
  if (first.length === 0) return unsupported(source, "it is empty", savez);
  const text = Array.from(first, (byte) => String.fromCharCode(byte)).join("");
  const found = formats.find((format) => format.fits({ text, names, uri: source.uri }));
  if (found !== undefined)
    return unsupported(source, `it is ${found.name}${read(titles)}`, adviceOf(found, source.uri, gzip));
  const bytes = [...first.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return unsupported(source, `it begins with the bytes ${bytes}${read(titles)}`, savez);
}

const savez = "Save the data with numpy.savez, one array for each field and one row for each sample.";
const read = (titles: string): string =>
  titles === "" ? "" : `; the formats that are read are ${titles}, plain or gzip`;

function adviceOf({ python, advice = "", throughGzip }: Foreign, uri: string, gzip: boolean): string {
  if (python === undefined) return advice;
  const decompress = gzip && !throughGzip;
  const from = decompress ? uri.replace(/\.gz$/i, "") : uri;
  const to = converted(from);
  const line = python.replace("FILE", () => JSON.stringify(from)).replace("NPZ", () => JSON.stringify(to));
  const before = decompress ? "Decompress it with gunzip, then run" : "Run";
  const after = python.includes("NPZ") ? `, and name ${JSON.stringify(to)}` : "";
  return `${before} this Python in the folder of the spec${after}: \`${line}\`.${advice && ` ${advice}`}`;
}

/** "data/views.pt" -> "data/views.npz", "views.npz.zst" -> "views.npz"; never the name of the file itself. */
function converted(uri: string): string {
  const bare = uri.replace(/(\.(gz|zst|xz|bz2|lz4))$/i, "").replace(/(?<=[^\\/])\.[^.\\/]*$/, "");
  return `${bare}.npz` === uri ? `${bare}-arrays.npz` : `${bare}.npz`;
}
