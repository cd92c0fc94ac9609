import { meanOfThere } from "./there";
import type { Distribution, Expert } from "./law";

/** The mean of each parameter. */
export const averageEach = (experts: readonly Expert[]): Distribution =>
  Object.fromEntries(
    Object.keys(experts[0]!.says).map((name) => [
      name,
      meanOfThere(experts.map(({ says, there }) => ({ value: says[name]!, there }))),
    ]),
  );
