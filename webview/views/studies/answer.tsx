import { whole } from "../../../core/language/number-text";
import type { StudyTable, StudyView } from "../../../core/train/study-protocol";
import { pictureSvg } from "../../../core/views/picture-svg";
import type { Send } from "../../connection";
import { saver } from "../../save";
import { Words } from "../words";
import { StudyPicture } from "./picture";

interface Props {
  id: string;
  answer: NonNullable<StudyView["answer"]>;
  spec: string;
  send: Send;
}

/** The answer of a study: a sentence, pictures and its table, each of which can be saved. */
export function StudyAnswer({ id, answer, spec, send }: Props) {
  const { sentence, table, pictures } = answer;
  const save = saver(send);
  return (
    <div class="study-answer">
      <p class="study-sentence">
        <Words text={sentence} />
      </p>
      <div class="study-pictures">
        {pictures.map((picture) => (
          <figure key={picture.id}>
            <StudyPicture
              picture={picture}
              choose={(knobs) => {
                for (const [name, value] of Object.entries(knobs)) send({ kind: "knob", name, value });
              }}
            />
            <figcaption>
              {picture.marks.length > 0 && (
                <span class="quiet">
                  {picture.marks
                    .map(({ x, text, from }) => `${text} (${from}) at ${Number(x.toPrecision(3))}`)
                    .join(", ")}
                  .{" "}
                </span>
              )}
              <button
                onClick={() => save(`${spec}-${id}-${picture.id}.svg`, "image/svg+xml", pictureSvg(picture))}
              >
                Save as SVG
              </button>
            </figcaption>
          </figure>
        ))}
      </div>
      <Rows table={table} />
      <p>
        <button onClick={() => save(`${spec}-${id}.csv`, "text/csv", csvOf(table))}>Save as CSV</button>
      </p>
    </div>
  );
}

type Cell = StudyTable["rows"][number][number];

const isNumber = (cell: Cell): boolean => typeof cell === "number" || /^[\u2212-]?[\d,.]+$/.test(cell ?? "");

/** A count with its thousands apart; texts as they are. */
const shown = (cell: Cell): string | number | null =>
  Number.isSafeInteger(cell) ? whole(cell as number) : cell;

function Rows({ table: { columns, rows } }: { table: StudyTable }) {
  const sides = columns.map((_, j) => (rows.some((row) => isNumber(row[j]!)) ? "number" : undefined));
  return (
    <div class="study-table">
      <table>
        <thead>
          <tr>
            {columns.map(({ name, title, doc }, j) => (
              <th key={name} class={sides[j]} title={doc} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} class={sides[j]}>
                  {shown(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** By RFC 4180; a minus sign as programs read it. */
function csvOf({ columns, rows }: StudyTable): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? "" : String(value).replaceAll("\u2212", "-");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns.map(({ title }) => title), ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
