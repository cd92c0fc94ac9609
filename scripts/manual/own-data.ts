/** The page that goes from a person's file to a trained preview, and through every format that is read. */
import { folderReaders, readers } from "../../core/data/readers/index";
import { blocks, code, fenced, link, page } from "./markdown";

/** A title begins with a capital letter. */
const capital = (title: string): string => `${title[0]!.toUpperCase()}${title.slice(1)}`;

export const ownDataPage = (): string =>
  page(
    "# Your own data",
    `From a file to a trained preview in six steps. The folder ${code("examples/own-data")} of the repository has three worked examples whose data a script makes: a table with empty cells and several rows for each patient, a folder of pictures with captions, and the RNA and proteins of the same cells.`,
    blocks(
      "## 1. Look at the file",
      `${code("bottleneck data FILE")} lists the fields with their shapes, ranges, classes and missing numbers, says what was skipped and why, and prints a line that declares each field. It writes nothing.`,
    ),
    blocks(
      "## 2. Name it in a spec",
      `Write ${code('data "FILE"')}, with a path that starts in the folder of the spec, and put the cursor there: the light bulb offers ${code("Declare the streams of this data")}. A stream reads the field of its own name, ${code("= field")}, a range of columns ${code("= first .. last")}, or ${code('= "any name"')} in quotes. ${code("modality")} is what codes are inferred from, ${code("target")} is to be predicted, and ${code("observe")} is never trained on: probes report how much of it each code carries. ${link("Streams", "streams.md")} lists the kinds.`,
      `While you write, the editor offers the fields of the file with their kinds and underlines each stream that does not fit its field, with a fix. For this it looks into the file, in a trusted workspace alone, and again once the file has changed. Of npy, npz, IDX and Parquet files it reads the headers and those fields that have one number a sample; files of other formats it reads as a whole. It stops at 64 MiB, or at 8 MiB of a folder: what would need more is checked when a preview opens it.`,
    ),
    blocks(
      "## 3. Bring it to one scale",
      `Columns whose units differ make the loss follow the largest unit. ${code("{ standardise = true }")} after the file standardises every stream of numbers; ${code("standardise")}, ${code("log1p")}, ${code("scale(0 .. 255)")} and ${code("clip(-5 .. 5)")} after a field are carried out in the order written. All are fitted on training rows alone.`,
    ),
    blocks(
      "## 4. Say what is missing",
      `A missing number is NaN, or an empty cell of a table. ${code("fill")} after the field puts the mean of its column there; a preview of data with missing numbers that nothing fills is refused, with the first one named.`,
      `A label reads classes that are numbered from 0. Texts are numbered in the order of the alphabet; ${code("renumber")} after the field numbers classes that begin at 1 or have gaps.`,
    ),
    blocks(
      "## 5. Split it",
      `By default a tenth of the rows validates and a tenth tests, at random. ${code("{ groups = subject }")} keeps all rows of a subject, a donor or a recording in one split, ${code("stratify = label")} gives each split its share of every class, and ${code("split = field")} follows a field of your own. ${link("The settings", "data.md#data-files")} are the same for every format.`,
    ),
    blocks(
      "## 6. Look again, then train",
      `${code("bottleneck data SPEC")} and the page ${code("Data")} of the panel show what training will read: rows by split, histograms, constant and outlying columns, classes by split, and samples. Then open the preview, or run ${code("bottleneck preview SPEC")}; ${code("bottleneck export SPEC --to project -o FOLDER")} writes a ${link("training project", "projects.md")} for all of your data. A loss that goes into a training of your own, ${code("--to loss-only --with-data")}, gets a Python package beside it that reads, joins, windows, scales, fills and splits the rows as the preview does.`,
    ),
    blocks(
      "## Long recordings",
      `A file whose rows are moments of time becomes samples by ${code("{ window = 64, step = 16 }")}: each is 64 rows that follow one another, the next begins 16 rows later. Rows of 12 numbers are then a ${code("signal(64, 12)")}, and 12 columns of a table are ${code("= first .. last")}. A label, a number, and any stream that has no time in its kind reads the middle row. Where a field ${code("NAME_present")} says which rows have a stream, a window has it where all rows that it reads do. ${code("past(S, 20)")} and ${code("future(S, 20)")} of such a signal are parts of its window.`,
      `${code("groups = recording")} separates recordings: no window has rows of two, and all windows of one are in one split. Without it the file is one recording, which is cut into stretches of neighbouring windows; a stretch is in one split, and windows that overlap one of another split are in none. ${code("bottleneck data SPEC")} and the page ${code("Data")} say how many.`,
    ),
    blocks(
      "## Several files",
      `${code('data "rna.csv" { join = "clinic.csv", key = patient }')} reads the fields of both: each row of the first file is a sample, with the row of the second that has the same ${code("patient")}. A list, ${code('join = ["protein.csv", "clinic.csv"]')}, joins several. Where a file has no such row, its numbers are missing; rows whose key no sample has are left out. Both are counted. A field that two files have is named after the second, such as ${code('"clinic/site"')}.`,
    ),
    blocks(
      "## Large files",
      `Of an npy or IDX file, an npz archive and a Parquet table only those arrays or columns are read that streams name, and of arrays that are not compressed only the rows that some split uses, so a file may be far larger than memory: write ${code("samples")}. Without it, where what the streams read has more than 2 GiB, random rows are read, and the preview says how many. A gzip file of one array is decompressed as it is read. Other formats are read whole, up to 2 GiB. In a web browser every file is read whole.`,
    ),
    "## Formats",
    "The format is recognised by the first bytes, and for tables as text by the name. A file of any other format is refused with the line of Python that converts it.",
    ...[...readers, ...folderReaders].map(({ title, doc, limits, example }) =>
      blocks(
        `### ${capital(title)}`,
        doc,
        `Limits: ${limits}`,
        example.python && fenced(example.python, "python"),
        fenced(example.spec),
      ),
    ),
    link("The manual", "README.md"),
  );
