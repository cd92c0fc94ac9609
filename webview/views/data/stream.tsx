import { absentIn } from "../../../core/report/absent";
import { signed, whole } from "../../../core/language/number-text";
import { count } from "../../../core/language/text";
import type { Spread, StreamDescription } from "../../../core/train/data-description";
import type { Samples } from "../../../core/train/shown";
import { Originals } from "../samples";
import { Bars } from "./bars";
import { Histogram } from "./histogram";

const MOST_CLASSES = 30;
/** Columns that are named one by one. */
const MOST_NAMED = 10;
/** Columns that have a row of the table. */
const MOST_COLUMNS = 100;

/** One stream: what it reads, its numbers or classes, what is odd about them, and some samples. */
export function StreamView({
  stream,
  samples,
}: {
  stream: StreamDescription;
  samples?: Samples | undefined;
}) {
  const { name, role, kind, histogram, least, most, classes, columns } = stream;
  return (
    <section class="card stream" aria-label={name}>
      <h2>
        {name}{" "}
        <small>
          {role}, {kind}
        </small>
      </h2>
      <dl>
        {factsOf(stream).map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {least !== null && most !== null && (
        <Histogram name={name} counts={histogram} least={least} most={most} />
      )}
      {columns.length > 1 && <Columns stream={stream} />}
      {classes && <Classes classes={classes} />}
      {samples && (
        <div class="pictures">
          <h3>Held-out samples</h3>
          <Originals samples={samples} />
        </div>
      )}
    </section>
  );
}

/** `1 number`, `10,000 numbers`. */
const counted = (number: number, noun: string): string =>
  `${whole(number)} ${noun}${number === 1 ? "" : "s"}`;

const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? "one number" : shape.join(" × ");

const rangeText = ({ least, most }: Spread): string => `${signed(least!, 4)} to ${signed(most!, 4)}`;

const averageText = ({ mean, standardDeviation }: Spread): string =>
  `${signed(mean!, 4)}, standard deviation ${signed(standardDeviation!, 4)}`;

/** What a column is called: its name in the file, else its number. */
const columnName = ({ index, name }: StreamDescription["columns"][number]): string => name ?? String(index);

/** Some of the columns by their names. */
const columnsText = (indices: readonly number[], { columns }: StreamDescription): string => {
  const rest = indices.length - MOST_NAMED;
  const names = indices.slice(0, MOST_NAMED).map((index) => columnName(columns[index]!));
  return `${indices.length === 1 ? "column" : "columns"} ${names.join(", ")}${rest > 0 ? ` and ${whole(rest)} more` : ""}`;
};

/** What there is to say of a stream, each with what it is. */
function factsOf(stream: StreamDescription): [string, string][] {
  const { field, shape, axes, looked, missing, constant, outlying, transforms, classes, words, made } =
    stream;
  const absent = absentIn(stream);
  const average = words ?? stream;
  const facts: [string, string | false | undefined][] = [
    ["made from", made && `${made.of} by ${made.by}, as batches are drawn`],
    ["field", field ?? undefined],
    ["shape", shapeText(shape)],
    ["axes", axes],
    // It has no phases.
    ["sound", stream.kind.startsWith("audio(") && "a spectrogram, which cannot be played"],
    ["words", words && `${rangeText(words)} in a sample`],
    ["range", stream.least !== null && rangeText(stream)],
    ["mean", average.mean !== null && averageText(average)],
    ["classes", classes && whole(classes.length)],
    [absent?.what ?? "", absent && counted(absent.samples, "sample")],
    ["missing", missing > 0 && counted(missing, "number")],
    ...transforms.map(({ by, text }): [string, string] => [by, text]),
    ["never vary", constant.length > 0 && columnsText(constant, stream)],
    ["far from all others", outlying.length > 0 && `a value of ${columnsText(outlying, stream)}`],
    ["computed from", made === undefined && counted(looked, "sample")],
  ];
  return facts.filter((fact): fact is [string, string] => typeof fact[1] === "string");
}

/** The first columns, each with its histogram and its numbers. */
function Columns({ stream: { columns } }: { stream: StreamDescription }) {
  const shown = columns.slice(0, MOST_COLUMNS);
  const rest = columns.length - shown.length;
  const drawn = shown.some(({ histogram }) => histogram.length > 0);
  return (
    <details>
      <summary>Columns</summary>
      <table class="counts by-column">
        <thead>
          <tr>
            <th scope="col">column</th>
            {drawn && <th scope="col">histogram</th>}
            {["smallest", "median", "largest", "mean"].map((heading) => (
              <th scope="col" class="figure" key={heading}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <tr key={column.index}>
              <th scope="row">{columnName(column)}</th>
              {drawn && (
                <td>
                  <Histogram
                    name={columnName(column)}
                    counts={column.histogram}
                    least={column.least!}
                    most={column.most!}
                  />
                </td>
              )}
              {[column.least!, column.median, column.most!, column.mean!].map((value, i) => (
                <td class="figure" key={i}>
                  {signed(value, 4)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p class="quiet">… and {count(rest, "more column")}.</p>}
    </details>
  );
}

function Classes({ classes }: { classes: NonNullable<StreamDescription["classes"]> }) {
  const rest = classes.length - MOST_CLASSES;
  return (
    <>
      <Bars
        heading="class"
        rows={classes.slice(0, MOST_CLASSES).map(({ class: number, name, train, validation, test }) => ({
          name: name === undefined ? String(number) : `${number} ${name}`,
          counts: [train, validation, test],
        }))}
        columns={["training", "validation", "test"]}
      />
      {rest > 0 && <p class="quiet">… and {count(rest, "more class", "more classes")}.</p>}
    </>
  );
}
