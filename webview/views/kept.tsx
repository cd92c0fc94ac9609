import type { MeasuredValue, SpecSummary, Unjudgeable, Verdict } from "../../core/train/protocol";
import { measurements } from "../../core/train/measurements/index";
import { tablesOf, type Row, type Table } from "../../core/train/measurements/tables";
import { Confusions } from "./confusions";
import { accentClass } from "../colours";
import type { RunState } from "../../core/train/run-state";
import { hundredths } from "../../core/language/number-text";

/** Kept and discarded: what probes read of each factor from each code, and every other table of measurements. */
export function Kept({ summary, state }: { summary: SpecSummary; state: RunState }) {
  const shown = tablesOf(measurements, state.measurements).filter(
    ({ id, of }) => of === "code" && id !== "rates",
  );
  const observed = summary.streams
    .filter((stream) => stream.role !== "modality")
    .map((stream) => stream.name);
  return (
    <section class="card">
      <h2>Kept and discarded</h2>
      {observed.length === 0 ? (
        <p class="quiet">
          Nothing is observed beside the modalities. Add <code>observe NAME : label(…)</code> for a factor of
          the data to see which code keeps it.
        </p>
      ) : shown.length === 0 ? (
        <p class="quiet">Waiting for the first probe of {observed.join(", ")}.</p>
      ) : (
        shown.map((table) =>
          table.detail ? (
            <details key={table.id}>
              <summary>{table.title}</summary>
              <Values table={table} summary={summary} verdicts={[]} />
            </details>
          ) : (
            <div key={table.id}>
              {table.id !== "kept" && <h3>{table.title}</h3>}
              <Values table={table} summary={summary} verdicts={state.verdicts} />
            </div>
          ),
        )
      )}
      <Confusions confusions={state.confusions} />
    </section>
  );
}

function Values({
  table,
  summary,
  verdicts,
}: {
  table: Table;
  summary: SpecSummary;
  verdicts: readonly Verdict[];
}) {
  const latentOf = (code: string): number =>
    summary.latents.findIndex(({ name }) => name === code.split(" ")[0]);
  return (
    <>
      <div class="scroll">
        <table
          class={`kept ${table.id}`}
          style={{ "--columns": table.columns.length, "--longest": `${longestOf(table.rows)}ch` }}
        >
          <thead>
            <tr>
              <th scope="col">code</th>
              {table.columns.map(({ name, measure }) => (
                <th scope="col" key={name}>
                  {name} <small>{measure}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={`${row.code} ${row.what}`} class={accentClass(latentOf(row.code))}>
                <th scope="row" title={row.title}>
                  {row.code !== "" && <span class="swatch" />}
                  {row.code !== "" && `\u00a0${row.code}`}
                  {row.what !== "" && <small>{row.what}</small>}
                </th>
                {row.cells.map((value, i) => (
                  <td key={table.columns[i]!.name}>
                    {value?.unit === "nats" ? (
                      <Between
                        value={value}
                        most={table.id === "apart" ? mostOf(table) : mostIn(table, i)}
                        atMost={table.id === "apart"}
                        remark={row.remarks[i]}
                      />
                    ) : (
                      <Bar
                        value={value}
                        verdict={row.what === "" ? verdictOf(row, table, i, verdicts) : undefined}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">
        {`${table.note[0]!.toUpperCase()}${table.note.slice(1)}. `}
        {READING[table.id === "information" ? "between" : table.id === "apart" ? "apart" : "score"]}
      </p>
    </>
  );
}

/** Characters of the longest name of a code, within what a table has room for. */
const longestOf = (rows: readonly Row[]): number =>
  Math.min(18, Math.max(4, ...rows.map(({ code }) => code.length)));

const READING = {
  score:
    "The thin line at the end of a bar is the interval. The tick marks chance: the score of a code without information.",
  apart:
    "A bar reaches from 0 to the most that the two codes can share. Only a small upper end shows that nothing leaks.",
  between:
    "A bar reaches from the least to the most that the code can carry, on one scale for each factor; it is open to the right where nothing bounds it. Rows do not add up: codes can carry the same information.",
};

/** The end of a column's scale: the largest limit, or the largest value where nothing bounds it. */
const mostIn = ({ rows }: Table, column: number): number =>
  Math.max(
    0.1,
    ...rows.flatMap(({ cells }) => {
      const cell = cells[column];
      return cell ? [cell.high ?? 1.25 * cell.value] : [];
    }),
  );

/** The end of one scale for all columns. */
const mostOf = (table: Table): number => Math.max(...table.columns.map((_, i) => mostIn(table, i)));

const verdictOf = (
  { code }: Row,
  { columns }: Table,
  i: number,
  verdicts: readonly Verdict[],
): Verdict | undefined => verdicts.find((one) => one.code === code && one.factor === columns[i]!.name);

const UNJUDGED: Record<Unjudgeable, string> = {
  constant: "cannot be judged: these samples have one value of it",
  "one-class": "cannot be judged: these samples are all of one class",
  "few-rows": "cannot be judged: too few samples, or too few of a class",
};

const wordsOf = ({ verdict, because }: Verdict): string =>
  because === undefined ? WORDS[verdict] : UNJUDGED[because];

const WORDS: Record<Verdict["verdict"], string> = {
  keeps: "kept",
  some: "kept in part",
  hidden: "hidden by noise only: the mean still predicts it",
  drops: "not kept",
  unjudged: "cannot be judged from these samples",
};

const percent = (value: number): string => `${(Math.min(1, Math.max(0, value)) * 100).toFixed(1)}%`;

/** Nats between two limits. */
function Between({
  value: { value, low, high },
  most,
  atMost,
  remark,
}: {
  value: MeasuredValue;
  most: number;
  /** Whether only the upper limit is known. */
  atMost: boolean;
  remark: string | undefined;
}) {
  const least = Math.max(0, low);
  const limits =
    high === null
      ? `≥ ${hundredths(least)}`
      : atMost
        ? `≤ ${hundredths(Math.ceil(100 * high) / 100)}`
        : `${hundredths(least)}–${hundredths(Math.max(0, high))}`;
  const upper = high === null ? "with no upper limit" : `at most ${hundredths(Math.max(0, high))}`;
  const label = `at least ${hundredths(least)} nats, ${upper}; estimate ${hundredths(value)}`;
  return (
    <div class="bar" title={label}>
      <div class="track" role="img" aria-label={label}>
        <div
          class={`fill ${high === null ? "open" : ""}`}
          style={{ left: percent(least / most), width: percent(((high ?? most) - least) / most) }}
        />
      </div>
      <span class={`value limits ${low > 0 || atMost ? "" : "quiet"}`}>{limits}</span>
      {remark !== undefined && <small>{remark}</small>}
    </div>
  );
}

/** A value below zero is drawn as 0; its label has the number and the reason. */
const score = ({ value }: MeasuredValue): string =>
  value < 0 ? `${hundredths(value)}: worse than the mean as a guess, shown as 0` : hundredths(value);

function Bar({ value, verdict }: { value: MeasuredValue | undefined; verdict: Verdict | undefined }) {
  if (value === undefined) return null;
  const { low, high, chance = 0 } = value;
  const label = `${score(value)}, 95 % interval ${hundredths(low)} to ${high === null ? "no limit" : hundredths(high)}, chance ${hundredths(chance)}${verdict ? `; ${wordsOf(verdict)}` : ""}`;
  const carries =
    verdict === undefined ? low > chance : verdict.verdict === "keeps" || verdict.verdict === "some";
  return (
    <div class="bar" title={label}>
      <div class="track" role="img" aria-label={label}>
        <div class="fill" style={{ width: percent(value.value) }} />
        <div
          class="interval"
          style={{
            left: percent(low),
            width: percent(Math.min(1, high ?? 1) - Math.max(0, low)),
          }}
        />
        <div class="chance" style={{ left: percent(chance) }} />
      </div>
      <span class={`value ${carries ? "" : "quiet"}`}>{hundredths(Math.max(0, value.value))}</span>
    </div>
  );
}
