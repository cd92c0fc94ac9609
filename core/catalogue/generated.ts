/** Made by `node scripts/catalogue.mjs` from the `.bottleneck` files beside it. */
export const catalogueTexts: Readonly<Record<string, string>> = {
  "beta-dvcca-private": `/// Two views, decoded from a code of the first that both share and a private code of each.
/// Aliases: DVCCA-private, VCCA-private (at beta = 1)
/// Source: Wang, Yan, Lee, Livescu 2016, "Deep Variational Canonical Correlation Analysis"; with beta: Abdelaleem, Nemenman, Martini 2025, JMLR.
spec BetaDVCCAPrivate "beta-DVCCA-private" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Z : gaussian(8) from X
  latent Wx : gaussian(8) from X
  latent Wy : gaussian(8) from Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z)
  compress I(X; Wx)
  compress I(Y; Wy)
  keep I(X; Z, Wx)
  keep I(Y; Z, Wy)
}
`,
  "beta-dvcca": `/// Two views, both decoded from a code of the first.
/// Aliases: DVCCA (at beta = 1)
/// Source: Wang, Yan, Lee, Livescu 2016, "Deep Variational Canonical Correlation Analysis"; with beta: Abdelaleem, Nemenman, Martini 2025, JMLR.
spec BetaDVCCA "beta-DVCCA" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "beta-joint-dvcca-private": `/// Two views, decoded from a code of the two that both share and a private code of each.
/// Aliases: joint-DVCCA-private (at beta = 1)
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
spec BetaJointDVCCAPrivate "beta-joint-DVCCA-private" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Z : gaussian(8) from X, Y
  latent Wx : gaussian(8) from X
  latent Wy : gaussian(8) from Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  compress I(X; Wx)
  compress I(Y; Wy)
  keep I(X; Z, Wx)
  keep I(Y; Z, Wy)
}
`,
  "beta-joint-dvcca": `/// Two views, both decoded from a code of the two.
/// Aliases: joint-DVCCA (at beta = 1)
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
spec BetaJointDVCCA "beta-joint-DVCCA" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Z : gaussian(8) from X, Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "beta-vae": `/// One stream, compressed into a code and decoded from it.
/// Source: Higgins et al. 2017, "beta-VAE", ICLR; here beta weighs what is kept, so beta = 1 / beta of the source.
spec BetaVAE "beta-VAE" {
  modality X : vector(64)

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 100 log

  compress I(X; Z)
  keep I(X; Z)
}
`,
  dsib: `/// DVSIB with noiseless codes: their width is the only bottleneck.
/// Aliases: deep symmetric information bottleneck
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
spec DSIB "DSIB" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  keep I(Zx; Zy) by mine
  keep I(X; Zx)
  keep I(Y; Zy)
}
`,
  dvib: `/// One stream, compressed into a code that predicts a target.
/// Aliases: VIB, deep variational information bottleneck
/// Source: Alemi, Fischer, Dillon, Murphy 2017, "Deep Variational Information Bottleneck", ICLR; here beta = 1 / beta of the source.
spec DVIB "DVIB" {
  modality X : vector(64)
  target Y : label(10)

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1e4 log

  compress I(X; Z)
  keep I(Y; Z)
}
`,
  "dvsib-private": `/// A shared and a private code for each view; what the shared codes have in common is kept, and each view is decoded from both of its own.
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
spec DVSIBPrivate "DVSIB-private" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y
  latent Wx : gaussian(8) from X
  latent Wy : gaussian(8) from Y

  knob beta = 32 in 0.1 .. 1024 log

  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X; Wx)
  compress I(Y; Wy)
  keep I(Zx; Zy) by mine
  keep I(X; Zx, Wx)
  keep I(Y; Zy, Wy)
}
`,
  dvsib: `/// A code for each view; what the codes share is kept, and each view is decoded from its own.
/// Aliases: deep variational symmetric information bottleneck
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
spec DVSIB "DVSIB" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 32 in 0.1 .. 1024 log

  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by mine
  keep I(X; Zx)
  keep I(Y; Zy)
}
`,
  vsib: `/// A code for each view; only what the codes share is kept, and nothing is decoded.
/// Aliases: variational symmetric information bottleneck
/// Source: the symmetric bottleneck of Slonim, Friedman, Tishby 2006 with the variational bounds of Abdelaleem, Nemenman, Martini 2025, JMLR.
spec VSIB "VSIB" {
  modality X : vector(64)
  modality Y : vector(64)

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 32 in 0.1 .. 1024 log

  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
}
`,
};
