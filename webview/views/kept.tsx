import type { ProbeResult, SpecSummary } from "../../core/train/protocol";
import { accentClass } from "../colours";
import { share } from "../format";
import type { RunState } from "../../core/train/run-state";

/** Kept and discarded: how well each factor can be read from each code by a linear probe, on held-out rows. */
export function Kept({ summary, state }: { summary: SpecSummary; state: RunState }) {
  const factors = [...new Set(state.probes.map((probe) => probe.factor))];
  const observed = summary.streams
    .filter((stream) => stream.role !== "modality")
    .map((stream) => stream.name);
  return (
    <section class="card">
      <h2>Kept and discarded</h2>
      {observed.length === 0 ? (
        <p class="quiet">
          Nothing is observed beside the modalities. Add <code>observe NAME : label(…)</code> for a factor of
          the data to see which code holds it.
        </p>
      ) : factors.length === 0 ? (
        <p class="quiet">Waiting for the first probe of {observed.join(", ")}.</p>
      ) : (
        <>
          <table class="kept">
            <thead>
              <tr>
                <th scope="col">code</th>
                {factors.map((factor) => (
                  <th scope="col" key={factor}>
                    {factor} <small>{measureOf(state.probes, factor)}</small>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {summary.latents.flatMap((latent, i) =>
                namesOf(latent.name, state.probes).map((code) => (
                  <tr key={code} class={accentClass(i)}>
                    <th scope="row">
                      <span class="swatch" />
                      {`\u00a0${code}`}
                    </th>
                    {factors.map((factor) => (
                      <td key={factor}>
                        <Bar probe={state.probes.find((p) => p.factor === factor && p.code === code)} />
                      </td>
                    ))}
                  </tr>
                )),
              )}
            </tbody>
          </table>
          <p class="quiet">
            A linear probe of the code's mean on held-out rows. The line through a bar is its 95 % interval,
            the tick is chance.
          </p>
        </>
      )}
    </section>
  );
}

/** A code, and the same code where a stream is absent: `Z`, `Z without X`. */
const namesOf = (latent: string, probes: ProbeResult[]): string[] => [
  latent,
  ...new Set(probes.map(({ code }) => code).filter((code) => code.startsWith(`${latent} without `))),
];

const measureOf = (probes: ProbeResult[], factor: string): string =>
  probes.find((probe) => probe.factor === factor)?.measure === "R2" ? "R²" : "accuracy";

const percent = (value: number): string => `${(Math.min(1, Math.max(0, value)) * 100).toFixed(1)}%`;

function Bar({ probe }: { probe: ProbeResult | undefined }) {
  if (probe === undefined) return null;
  const label = `${share(probe.value)}, 95 % interval ${share(probe.low)} to ${share(probe.high)}, chance ${share(probe.chance)}`;
  return (
    <div class="bar" title={label}>
      <div class="track" role="img" aria-label={label}>
        <div class="fill" style={{ width: percent(probe.value) }} />
        <div
          class="interval"
          style={{
            left: percent(probe.low),
            width: percent(Math.min(1, probe.high) - Math.max(0, probe.low)),
          }}
        />
        <div class="chance" style={{ left: percent(probe.chance) }} />
      </div>
      <span class={`value ${probe.low > probe.chance ? "" : "quiet"}`}>{share(probe.value)}</span>
    </div>
  );
}
