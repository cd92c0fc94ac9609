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

/** Some of the columns by their numbers. */
const columnsText = (columns: readonly number[]): string => {
  const rest = columns.length - MOST_NAMED;
  const numbers = columns.slice(0, MOST_NAMED).join(", ");
  return `${columns.length === 1 ? "column" : "columns"} ${numbers}${rest > 0 ? ` and ${whole(rest)} more` : ""}`;
};

/** What there is to say of a stream, each with what it is. */
function factsOf(stream: StreamDescription): [string, string][] {
  const { field, shape, looked, missing, constant, outlying, transforms, classes, words, made } = stream;
  const average = words ?? stream;
  const facts: [string, string | false | undefined][] = [
    ["made from", made && `${made.of} by ${made.by}, as batches are drawn`],
    ["field", field ?? undefined],
    ["shape", shapeText(shape)],
    ["words", words && `${rangeText(words)} in a sample`],
    ["range", stream.least !== null && rangeText(stream)],
    ["mean", average.mean !== null && averageText(average)],
    ["classes", classes && whole(classes.length)],
    ["missing", missing > 0 && counted(missing, "number")],
    ...transforms.map(({ by, text }): [string, string] => [by, text]),
    ["never vary", constant.length > 0 && columnsText(constant)],
    ["far from all others", outlying.length > 0 && `a value of ${columnsText(outlying)}`],
    ["computed from", made === undefined && counted(looked, "sample")],
  ];
  return facts.filter((fact): fact is [string, string] => typeof fact[1] === "string");
}

/** The first columns, number by number. */
function Columns({ stream: { columns } }: { stream: StreamDescription }) {
  return (
    <details>
      <summary>Columns</summary>
      <table class="counts">
        <thead>
          <tr>
            {["column", "smallest", "median", "largest", "mean"].map((heading) => (
              <th scope="col" class={heading === "column" ? "" : "figure"} key={heading}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map(({ index, least, median, most, mean }) => (
            <tr key={index}>
              <th scope="row">{index}</th>
              {[least!, median, most!, mean!].map((value, i) => (
                <td class="figure" key={i}>
                  {signed(value, 4)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
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
