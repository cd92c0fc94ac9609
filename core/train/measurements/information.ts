import { informationOf } from "../probes/index";
import { measurement } from "./measurement";

export const information = measurement({
  id: "information",
  title: "Information",
  doc: "The information that draws of a code carry about a factor, in nats, from two sides. The value and the lower end are H(factor) less the log-loss of a probe on held-out rows, which never exceeds the information but for the sampling error that the lower end allows for. The probe is a mixture of a logistic regression, a small perceptron and the class shares, with weights chosen on training rows that the probes have not seen; while training runs it is the regression and the shares. The upper end is the least of three limits: the entropy of the label, the upper limit of the rate, and the information under the held-out rows' own mixture of encoder distributions with the class shares fixed, which exceeds the truth on average (Jensen's inequality). With a rich code each row is recognisable, and that last limit is H(factor). A number is cut into 8 classes of equal share for the lower end, and only the rate bounds it from above; a code without noise, or with a prior that reads other variables, then has no upper end.",
  unit: "nats",
  when: "round",
  needs: "informed",
  place: { table: "information", row: "" },
  measure: (pairs) =>
    pairs.map(({ code, factor, evidence }) => ({ code, factor, ...informationOf(evidence) })),
});
