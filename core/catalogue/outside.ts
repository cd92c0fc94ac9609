/** Published methods of the same family that the language cannot say, and why. */
export interface OutsideMethod {
  method: string;
  source: string;
  /** The end of: it is not in the table, because ... */
  outside: string;
}

export const outsideMethods: readonly OutsideMethod[] = [
  {
    method: "IWAE",
    source: "Burda, Grosse, Salakhutdinov 2016, ICLR",
    outside: "the logarithm of a mean of weights does not split into what is paid and what is kept",
  },
  {
    method: "VQ-VAE",
    source: "van den Oord, Vinyals, Kavukcuoglu 2017, NeurIPS",
    outside: "a quantised code is trained by copied gradients and a commitment, not by a bound",
  },
  {
    method: "IAF-VAE",
    source: "Kingma et al. 2016, NeurIPS",
    outside: "its posterior is a flow, and laws here are given by an encoder alone",
  },
  {
    method: "mmJSD",
    source: "Sutter, Daunhawer, Vogt 2020, NeurIPS",
    outside: "a Jensen-Shannon divergence over the posteriors is no information between variables",
  },
  {
    method: "RAE",
    source: "Ghosh, Sajjadi, Vergari, Black, Schölkopf 2020, ICLR",
    outside: "norms of the code and of the decoder's weights are no information",
  },
  {
    method: "M2",
    source: "Kingma, Rezende, Mohamed, Welling 2014, NeurIPS",
    outside: "it sums one loss over labelled and another over unlabelled data",
  },
  {
    method: "CPM-Nets",
    source: "Zhang, Han, Cui, Fu, Zhou, Hu 2019, NeurIPS",
    outside: "its codes are free parameters of each sample and have no encoder",
  },
];
