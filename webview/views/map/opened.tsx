import { number, whole } from "../../../core/language/number-text";
import type { OpenedSample } from "../../../core/train/inspect/messages";
import type { SpecSummary } from "../../../core/train/protocol";
import type { Samples } from "../../../core/train/shown";
import { accentClass } from "../../colours";
import { Drawn, pictureAt } from "../drawn";
import { Playable } from "../playing";
import { valueText } from "./colouring";

interface Props {
  sample: OpenedSample;
  summary: SpecSummary;
  open: (row: number) => void;
  close: () => void;
}

/** One sample: what it is, what its codes are, what lies near it, and what is read of it. */
export function Opened({ sample, summary, open, close }: Props) {
  const { row, step, samples, neighbours, factors, code } = sample;
  return (
    <section class="card opened-sample" aria-label={`Row ${row} of the data`}>
      <div class="head">
        <h2>Row {whole(row)} of the data</h2>
        <button onClick={close}>Close</button>
      </div>
      <div class="parts">
        {samples.map((one) => (
          <Pair samples={one} silent={isSpectrogram(summary, one.stream)} key={one.stream} />
        ))}
        <Codes sample={sample} summary={summary} />
        {factors.length > 0 && <Factors sample={sample} />}
      </div>
      <h3>Nearest in {code}</h3>
      <div class="neighbours">
        {neighbours.rows.map((other, i) => (
          <button key={other} class="row" title={`Open row ${other}`} onClick={() => open(other)}>
            {neighbours.samples.map((one) => (
              <One samples={one} at={i} key={one.stream} />
            ))}
            <span class="quiet">
              {factors.length > 0
                ? factors
                    .slice(0, 2)
                    .map(
                      ({ factor, classes, neighbours: values }) =>
                        `${factor} ${valueText(classes, values[i]!)}`,
                    )
                    .join(", ")
                : `row ${other}`}
            </span>
          </button>
        ))}
      </div>
      <p class="quiet">
        Distances between means in {code}: {neighbours.distances.map(number).join(", ")}. Step {whole(step)}.
      </p>
    </section>
  );
}

const isSpectrogram = ({ streams }: SpecSummary, stream: string): boolean =>
  streams.some(({ name, kind }) => name === stream && kind === "audio");

/** A stream of the sample, with its reconstruction. @param silent whether it is sound that cannot be played */
function Pair({ samples, silent }: { samples: Samples; silent: boolean }) {
  if (samples.kind === "texts")
    return (
      <figure class="pair">
        <p>{samples.original[0]}</p>
        {samples.reconstruction !== undefined && <p class="quiet">{samples.reconstruction[0]}</p>}
        <figcaption class="quiet">
          {samples.stream}
          {samples.reconstruction !== undefined && ", and its most likely words from the codes"}
        </figcaption>
      </figure>
    );
  return (
    <figure class="pair">
      <div class="side-by-side">
        <div>
          <Playable pictures={samples} bytes={samples.original} label="original" />
        </div>
        {samples.reconstruction !== undefined && (
          <div>
            <Playable pictures={samples} bytes={samples.reconstruction} label="from the codes" />
          </div>
        )}
      </div>
      <figcaption class="quiet">
        {samples.stream}
        {samples.reconstruction !== undefined && ", and from the codes"}
        {silent && "; a spectrogram, which cannot be played"}
      </figcaption>
    </figure>
  );
}

function One({ samples, at }: { samples: Samples; at: number }) {
  if (samples.kind === "texts") return <span class="words">{samples.original[at]}</span>;
  const one = pictureAt(samples, at);
  return <Drawn pictures={one} bytes={one.original} label="neighbour" />;
}

/** The mean of each code, coordinate by coordinate. */
function Codes({ sample: { codes }, summary }: { sample: OpenedSample; summary: SpecSummary }) {
  const largest = Math.max(1e-9, ...codes.flatMap(({ mean }) => mean.map(Math.abs)));
  return (
    <div class="own-codes">
      {codes.map(({ code, mean, draw }) => (
        <div key={code} class={accentClass(summary.latents.findIndex(({ name }) => name === code))}>
          <span class="name">
            <span class="swatch" /> {code}
          </span>
          <div class="values" role="img" aria-label={`mean of ${code}: ${mean.map(number).join(", ")}`}>
            {mean.map((value, i) => (
              <span
                key={i}
                class={value < 0 ? "below" : ""}
                style={{ "--size": `${(50 * Math.abs(value)) / largest}%` }}
                title={`coordinate ${i}: mean ${number(value)}, a draw ${number(draw[i]!)}`}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** What probes read of the sample from each code, beside what is true. */
function Factors({ sample: { factors, readAt } }: { sample: OpenedSample }) {
  const codes = [...new Set(factors.flatMap(({ predictions }) => predictions.map(({ code }) => code)))];
  return (
    <div class="read">
      <table>
        <thead>
          <tr>
            <th scope="col">factor</th>
            <th scope="col">true</th>
            {codes.map((code) => (
              <th scope="col" key={code}>
                from {code}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {factors.map(({ factor, classes, truth, predictions }) => (
            <tr key={factor}>
              <th scope="row">{factor}</th>
              <td>{valueText(classes, truth)}</td>
              {codes.map((code) => {
                const value = predictions.find((one) => one.code === code)?.value;
                if (value === undefined) return <td key={code} />;
                const right = classes === undefined ? undefined : value === truth;
                return (
                  <td key={code} class={right === false ? "wrong" : ""}>
                    {valueText(classes, value)}
                    {right === true && " \u2713"}
                    {right === false && " \u2717"}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">
        {readAt === undefined
          ? "Probes have not judged this sample yet."
          : `What a linear probe predicts from one draw of each code, at step ${whole(readAt)}.`}
      </p>
    </div>
  );
}
