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
    outside: "the logarithm of a mean of weights does not split into compressed and kept terms",
  },
  {
    method: "VQ-VAE",
    source: "van den Oord, Vinyals, Kavukcuoglu 2017, NeurIPS",
    outside: "a quantised code is trained by copied gradients and a commitment, not by a bound",
  },
  {
    method: "IAF-VAE",
    source: "Kingma et al. 2016, NeurIPS",
    outside: "its posterior is a flow, and the laws here are given by an encoder alone",
  },
  {
    method: "mmJSD",
    source: "Sutter, Daunhawer, Vogt 2020, NeurIPS",
    outside: "a Jensen-Shannon divergence over the posteriors is not information between variables",
  },
  {
    method: "RAE",
    source: "Ghosh, Sajjadi, Vergari, Black, Schölkopf 2020, ICLR",
    outside: "norms of the code and of the decoder's weights are not information",
  },
  {
    method: "M2",
    source: "Kingma, Mohamed, Rezende, Welling 2014, NeurIPS",
    outside: "it sums one loss over labelled and another over unlabelled data",
  },
  {
    method: "CPM-Nets",
    source: "Zhang, Han, Cui, Fu, Zhou, Hu 2019, NeurIPS",
    outside: "its codes are free parameters of each sample and have no encoder",
  },
  {
    method: "MIWAE, PIWAE, CIWAE",
    source: "Rainforth et al. 2018, ICML",
    outside: "they mix importance-weighted bounds, which do not split into compressed and kept terms",
  },
  {
    method: "VAE with normalising flows",
    source: "Rezende, Mohamed 2015, ICML",
    outside: "its posterior is a flow, and the laws here are given by an encoder alone",
  },
  {
    method: "HVAE",
    source: "Caterini, Doucet, Sejdinovic 2018, NeurIPS",
    outside: "its posterior follows Hamiltonian dynamics that read the decoder",
  },
  {
    method: "RHVAE",
    source: "Chadebec, Mantoux, Allassonnière 2020, arXiv:2010.11518",
    outside: "its posterior follows Hamiltonian dynamics on a learned metric",
  },
  {
    method: "Poincaré VAE",
    source: "Mathieu, Le Lan, Maddison, Tomioka, Teh 2019, NeurIPS",
    outside: "its codes live on a hyperbolic space, whose laws are not here",
  },
  {
    method: "HRQ-VAE",
    source: "Hosking, Tang, Lapata 2022, ACL",
    outside: "codes quantised level by level are trained by relaxed choices, not by a bound",
  },
  {
    method: "VAE-GAN",
    source: "Larsen, Sønderby, Larochelle, Winther 2016, ICML",
    outside: "a distance in the features of a discriminator is not a likelihood of the stream",
  },
  {
    method: "MS-SSIM VAE",
    source: "Snell et al. 2017, ICIP",
    outside: "a structural similarity of pictures is not a likelihood of the stream",
  },
  {
    method: "GAN",
    source: "Goodfellow et al. 2014, NeurIPS",
    outside: "nothing is inferred, so there is nothing to compress",
  },
  {
    method: "normalising flow",
    source: "Dinh, Sohl-Dickstein, Bengio 2017, ICLR",
    outside: "an invertible map keeps all of its stream, so nothing is compressed",
  },
  {
    method: "nonlinear IB",
    source: "Kolchinsky, Tracey, Wolpert 2019, Entropy",
    outside: "its bound from the pairwise distances of the codes is not one of the bounds here",
  },
  {
    method: "SPIB",
    source: "Wang, Tiwary 2021, Journal of Chemical Physics",
    outside: "the labels that it predicts are predicted again from its own codes as it trains",
  },
  {
    method: "PLS",
    source: "Wold, Ruhe, Wold, Dunn 1984, SIAM Journal on Scientific and Statistical Computing",
    outside: "a covariance grows with the scale of the codes and does not measure information",
  },
  {
    method: "GCCA",
    source: "Horst 1961, Journal of Clinical Psychology; with networks: Benton et al. 2019, RepL4NLP",
    outside: "its common variable is solved for over all samples at once and has no encoder",
  },
  {
    method: "TCCA",
    source:
      "Luo, Tao, Ramamohanarao, Xu, Wen 2015, IEEE TKDE; with networks: Wong et al. 2021, IEEE Transactions on Big Data",
    outside: "the correlation of three codes at once, a tensor, is not one of the bounds here",
  },
  {
    method: "DMCCA",
    source: "Somandepalli, Kumar, Travadi, Narayanan 2019, arXiv:1904.01775",
    outside: "a ratio of covariances between and within many sets is not one of the bounds here",
  },
  {
    method: "kernel CCA",
    source: "Hardoon, Szedmak, Shawe-Taylor 2004, Neural Computation",
    outside: "its codes are solved for over all samples at once in the space of a kernel",
  },
  {
    method: "sparse CCA",
    source: "Witten, Tibshirani, Hastie 2009, Biostatistics",
    outside: "norms of an encoder's weights are not information",
  },
  {
    method: "CCA-EY",
    source: "Chapman, Wells, Lawry Aguila 2024, ICLR",
    outside: "the loss of a generalised eigenvalue problem is not one of the bounds here",
  },
  {
    method: "NOI",
    source: "Wang, Arora, Livescu, Srebro 2015, Allerton",
    outside: "it climbs DCCA's objective with a whitening that it carries from step to step",
  },
  {
    method: "soft CCA",
    source: "Chang, Xiang, Hospedales 2018, CVPR",
    outside: "its penalty on correlated coordinates is an average carried from step to step",
  },
  {
    method: "Bayesian CCA",
    source: "Wang 2007, IEEE Transactions on Neural Networks",
    outside: "its loadings have priors and are inferred, where decoders here are trained",
  },
  {
    method: "GFA",
    source: "Virtanen, Klami, Khan, Kaski 2012, AISTATS",
    outside: "its loadings have priors that switch factors off, where decoders here are trained",
  },
  {
    method: "JNF",
    source: "Senellart, Chadebec, Allassonnière 2023, arXiv:2305.11832",
    outside: "it is trained in two stages, the second of which fits flows",
  },
  {
    method: "CMVAE",
    source: "Palumbo, Manduchi, Laguna, Chopard, Vogt 2024, ICLR",
    outside: "its prior is a mixture over clusters with a discrete code of its own",
  },
  {
    method: "Nexus",
    source: "Vasco, Yin, Melo, Paiva 2022, Neural Networks",
    outside:
      "its upper level reconstructs the codes of the lower one, whose entropy changes as their encoders train",
  },
  {
    method: "SIB",
    source: "Slonim, Friedman, Tishby 2006, Neural Computation",
    outside: "it is solved on tables of probabilities, without encoders or samples; VSIB has its loss",
  },
  {
    method: "mWAE",
    source: "Lawry Aguila et al. 2023, JOSS",
    outside: "a Wasserstein distance by a critic of bounded slope is not one of the bounds here",
  },
  {
    method: "mcVAE with a code for each view",
    source: "Antelmi, Ayache, Robert, Lorenzi 2019, ICML",
    outside:
      "one decoder of a view reads every code in turn, and a decoder here belongs to the codes that it reads; written with one mixture it is MMVAE",
  },
  {
    method: "beta-TCVAE with stratified sampling",
    source: "Chen, Li, Grosse, Duvenaud 2018, NeurIPS",
    outside:
      "its stratified weights are none of the estimators here; with weighted sampling, `mws`, it is beta-TCVAE",
  },
  {
    method: "BYOL",
    source: "Grill et al. 2020, NeurIPS",
    outside: "its target is a moving average of its own encoder",
  },
  {
    method: "MMVM VAE",
    source: "Sutter et al. 2024, arXiv:2403.05300",
    outside:
      "the prior of each view's code is the mixture of all views' codes, which is not one of the priors here",
  },
  {
    method: "DisentangledSSL",
    source: "Wang, Gupta, Zhang, Tonekaboni, Jegelka, Jaakkola, Uhler 2024, arXiv:2410.23996",
    outside:
      "it is trained in two steps, the second of which finds the private information besides a fixed shared code",
  },
  {
    method: "GRAM",
    source: "Cicchetti, Grassucci, Sigillo, Comminiello 2024, arXiv:2412.11959",
    outside: "the volume that the codes of one sample span is not one of the critics here",
  },
];
