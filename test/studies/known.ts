/** Designs whose optimum is known. */

/** Two codes of one number each, at correlation rho, and no decoder. */
export const symmetricBottleneck = (
  rho: number,
  { steps = 400, batch = 256, samples = 8000 } = {},
): string => `
spec Symmetric {
  data "gaussian-pair" { samples = ${samples}, validation = 1000, test = 4000, seed = 1, dimension = 1, correlation = ${rho} }
  modality X : vector(1)
  modality Y : vector(1)
  latent Zx : gaussian(1) from X
  latent Zy : gaussian(1) from Y
  knob beta = 16 in 2 .. 64 log
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by canonical
  network encoder X = linear
  network encoder Y = linear
  train { steps = ${steps}, batch = ${batch}, optimizer = adam(1e-2), seed = 1 }
}`;

/** A bottleneck between two Gaussian vectors. */
export const gaussianBottleneck = ({
  keep = "keep I(Y; Z)",
  dimension = 3,
  correlation = 0.9,
  ratio = 0.6,
  steps = 800,
  samples = 20000,
} = {}): string => `
spec Gaussian {
  data "gaussian-pair" { samples = ${samples}, seed = 1, dimension = ${dimension}, correlation = ${correlation}, ratio = ${ratio} }
  modality X : vector(${dimension})
  modality Y : vector(${dimension})
  latent Z : gaussian(${dimension}) from X
  knob beta = 16 in 0.5 .. 256 log
  compress I(X; Z)
  ${keep}
  network encoder X = linear
  network decoder Y = linear
  train { steps = ${steps}, batch = 250, optimizer = adam(1e-2), seed = 1 }
}`;
