import type { SpecSummary } from "../../core/train/protocol";
import { beyondText } from "../../core/train/measurements/tables";
import { accentClass } from "../colours";
import { ACTIVE_MEANING, UNUSED_NATS, activeText } from "../reading";
import type { RunState } from "../../core/train/run-state";
import { nats, number } from "../../core/language/number-text";

/** The rate of every coordinate of every code, largest first. */
export function Codes({ summary, state }: { summary: SpecSummary; state: RunState }) {
  const shown = summary.latents.filter((latent) => (state.rates[latent.name]?.length ?? 0) > 0);
  if (shown.length === 0) return null;
  const most = Math.max(...shown.flatMap((latent) => state.rates[latent.name]!), UNUSED_NATS);
  const longest = Math.min(18, Math.max(...shown.map(({ name }) => name.length)));
  return (
    <section class="card">
      <h2 title="The rate of a coordinate is its divergence from the prior: at most this much information passes through it.">
        Information in each coordinate (at most), in nats
      </h2>
      {shown.map((latent) => {
        const rates = [...state.rates[latent.name]!].sort((a, b) => b - a);
        const total = rates.reduce((sum, rate) => sum + rate, 0);
        return (
          <div
            class={`rates ${accentClass(summary.latents.indexOf(latent))}`}
            style={{ "--longest": `${longest}ch` }}
            key={latent.name}
          >
            <span class="name" title={latent.name}>
              <span class="swatch" /> {latent.name}
            </span>
            <div
              class="bars"
              role="img"
              aria-label={`rates of ${latent.name} in nats: ${rates.map(number).join(", ")}`}
            >
              {rates.map((rate) => (
                <span
                  class={rate > UNUSED_NATS ? "" : "unused"}
                  style={{ height: `${(rate / most) * 100}%` }}
                  title={nats(rate)}
                />
              ))}
            </div>
            <span class="quiet" title={`${ACTIVE_MEANING}.`}>
              {nats(total)}
              {latent.given && ` ${beyondText(latent.given)}`}
              {activeText(rates, latent.size)}
            </span>
          </div>
        );
      })}
    </section>
  );
}
