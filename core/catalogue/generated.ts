/** Made by `node scripts/catalogue.mjs` from the `.bottleneck` files beside it. */
export const catalogueTexts: Readonly<Record<string, string>> = {
  aae: `/// A noiseless code that reconstructs its stream, trained against a discriminator that distinguishes codes from samples of the prior.
/// Aliases: adversarial autoencoder, WAE-GAN
/// Source: Makhzani, Shlens, Jaitly, Goodfellow, Frey 2015, "Adversarial Autoencoders", arXiv:1511.05644. The encoder gets the reversed gradient of the discriminator's loss, as in the paper's minimax game; most code, pythae's too, maximises log D of the codes instead, which has the same fixed point and a stronger gradient where the discriminator is sure. In pythae the encoder is noisy, and the reconstruction and the discriminator have half the weight each.
/// Convention: no beta; sums over values.
/// Keeps: the information that reconstructs X through a code of this width.
/// Discards: what the width leaves no room for.
spec AAE "AAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : deterministic(8) from X

  knob beta = 1 in 0.01 .. 1024 log

  compress gap(Z) by adversary
  keep I(X; Z)
}
`,
  ae: `/// One stream, decoded from a noiseless code of it: the width of the code is the only bottleneck.
/// Aliases: AE, PCA (with linear networks)
/// Source: Hinton, Salakhutdinov 2006, "Reducing the Dimensionality of Data with Neural Networks", Science.
/// Convention: no beta; sums over values.
/// Keeps: the information that reconstructs X best through a code of this width.
/// Discards: what the width leaves no room for.
spec AE "autoencoder" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : deterministic(8) from X

  keep I(X; Z)
}
`,
  "barlow-twins": `/// A noiseless code for each view whose cross-correlation is to be the identity.
/// Source: Zbontar, Jing, Misra, LeCun, Deny 2021, "Barlow Twins: Self-Supervised Learning via Redundancy Reduction", ICML. It is not a bound. In the authors' code what is off the diagonal weighs 0.0051.
/// Convention: no beta; nothing is decoded.
/// Keeps: the information that the views share, spread over uncorrelated coordinates.
/// Discards: the information that only one view has.
spec BarlowTwins "Barlow Twins" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  keep I(Zx; Zy) by barlow
}
`,
  "beta-dvcca-private": `/// Two views, decoded from a code of the first that both share and a private code of each.
/// Aliases: VCCA-private (at beta = 1)
/// Source: Wang, Yan, Lee, Livescu 2016, "Deep Variational Canonical Correlation Analysis", arXiv:1610.03454; with beta: Abdelaleem, Nemenman, Martini 2025, JMLR.
/// Convention: beta multiplies the kept terms; sums over values.
/// Limit: at beta = 1 it is called DVCCA-private.
/// Keeps: the information of the first view about both in Z, and the rest of each in its private code.
/// Discards: what is weaker than the noise of the decoders.
spec BetaDVCCAPrivate "beta-DVCCA-private" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z
  want private(X)
  want private(Y) in Wy

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
/// Aliases: VCCA (at beta = 1)
/// Source: Wang, Yan, Lee, Livescu 2016, "Deep Variational Canonical Correlation Analysis", arXiv:1610.03454; with beta: Abdelaleem, Nemenman, Martini 2025, JMLR.
/// Convention: beta multiplies the kept terms; sums over values.
/// Limit: at beta = 1 it is called DVCCA.
/// Limit: noiseless it is SplitAE.
/// Keeps: the information of the first view about both.
/// Discards: what only the second view tells, and what is weaker than the noise of the decoders.
spec BetaDVCCA "beta-DVCCA" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z
  want reconstruct(X) in Z
  want forget(Y) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "beta-joint-dvcca-private": `/// Two views, decoded from a code of the two that both share and a private code of each.
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
/// Convention: beta multiplies the kept terms; sums over values.
/// Limit: at beta = 1 it is called joint-DVCCA-private.
/// Keeps: the information that reconstructs both views in Z, and the rest of each in its private code.
/// Discards: what is weaker than the noise of the decoders.
spec BetaJointDVCCAPrivate "beta-joint-DVCCA-private" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z
  want private(X)
  want private(Y)

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
/// Aliases: pCCA (with linear networks at beta = 1)
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
/// Convention: beta multiplies the kept terms; sums over values.
/// Views: any number of X, Y.
/// Limit: at beta = 1 it is called joint-DVCCA.
/// Keeps: the information that reconstructs the views, shared or not.
/// Discards: what is weaker than the noise of the decoders.
spec BetaJointDVCCA "beta-joint-DVCCA" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "beta-tcvae": `/// A VAE whose rate is split into information, total correlation and the coordinates' distance from the prior.
/// Aliases: TCVAE
/// Source: Chen, Li, Grosse, Duvenaud 2018, "Isolating Sources of Disentanglement in Variational Autoencoders", NeurIPS. The source's beta is \`b\`, on the total correlation.
/// Convention: beta is 1; sums over values.
/// Keeps: the information that reconstructs X, in independent coordinates.
/// Discards: what is weaker than the noise of the decoder, and codes that repeat each other.
spec BetaTCVAE "beta-TCVAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log
  knob b = 6 in 0.1 .. 100 log

  compress I(X; Z) by mws(samples = 8000)
  compress b * TC(Z) by mws(samples = 8000)
  compress gap(Z, each) by mws(samples = 8000)
  keep I(X; Z)
}
`,
  "beta-vae": `/// One stream, compressed into a code and decoded from it.
/// Aliases: pPCA (with linear networks at beta = 1)
/// Source: Higgins et al. 2017, "beta-VAE: Learning Basic Visual Concepts with a Constrained Variational Framework", ICLR; the VAE: Kingma, Welling 2014, "Auto-Encoding Variational Bayes", ICLR.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Limit: at beta = 1 it is called VAE.
/// Limit: noiseless it is autoencoder.
/// Keeps: the parts of X that save more nats of reconstruction than they cost.
/// Discards: parts of X weaker than the noise of the decoder, more of them as beta falls.
spec BetaVAE "beta-VAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 100 log

  compress I(X; Z)
  keep I(X; Z)
}
`,
  "capacity-vae": `/// A VAE whose rate is held at a number of nats.
/// Aliases: capacity-controlled beta-VAE
/// Source: Burgess et al. 2018, "Understanding disentangling in beta-VAE", arXiv:1804.03599. The source's gamma weighs the cost: beta here is 1 over it, and its C is the target, raised over training.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Keeps: the parts of X that reconstruct it best for that many nats.
/// Discards: the rest.
spec CapacityVAE "disentangled beta-VAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 0.1 in 0.001 .. 10 log

  compress I(X; Z) at 8
  keep I(X; Z)
}
`,
  ceb: `/// A code that predicts a target and compresses only the information beyond it.
/// Aliases: conditional entropy bottleneck
/// Source: Fischer 2020, "The Conditional Entropy Bottleneck", Entropy. The source's gamma multiplies the kept terms, as beta here.
/// Convention: beta multiplies the kept terms; sums over values.
/// Keeps: what predicts Y.
/// Discards: what X holds beyond Y.
spec CEB "CEB" {
  modality X : vector(64)
  target Y : label(10)

  want predict(Y) in Z
  want forget(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z | Y)
  keep I(Y; Z)
}
`,
  clip: `/// A code of unit length for each view, distinguished within the batch.
/// Aliases: ConVIRT, ALIGN
/// Source: Radford et al. 2021, "Learning Transferable Visual Models From Natural Language Supervision", ICML. The temperature of the source is trained, as by \`temperature = learned\`.
/// Convention: no beta; nothing is decoded.
/// Keeps: the information that the views share, up to the logarithm of the batch.
/// Discards: the information that only one view has.
spec CLIP "CLIP" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y

  keep I(Zx; Zy) by infonce(critic = cosine)
}
`,
  cmc: `/// A code of unit length for each of three views; every two are distinguished within the batch.
/// Aliases: contrastive multiview coding
/// Source: Tian, Krishnan, Isola 2020, "Contrastive Multiview Coding", ECCV: its full graph, here of three views. The authors' code tells true pairs from a memory of other codes instead of the batch, and adds both directions.
/// Convention: no beta; nothing is decoded.
/// Views: any number of X, Y, A.
/// Keeps: what any two views share, up to the logarithm of the batch.
/// Discards: the information that only one view has.
spec CMC "CMC" {
  modality X : vector(64)
  modality Y : vector(64)
  modality A : vector(64)

  want shared(X, Y) in Zx, Zy
  want shared(X, A) in Zx, Za
  want shared(Y, A) in Zy, Za
  want forget(X) in Zx
  want forget(Y) in Zy
  want forget(A) in Za

  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y
  latent Za : sphere(8) from A

  keep I(Zx; Zy) by infonce(critic = cosine)
  keep I(Zx; Za) by infonce(critic = cosine)
  keep I(Zy; Za) by infonce(critic = cosine)
}
`,
  cpc: `/// A noiseless code of the past and one of the future of a signal; a critic tells which two belong together.
/// Aliases: contrastive predictive coding
/// Source: van den Oord, Li, Vinyals 2018, "Representation Learning with Contrastive Predictive Coding", arXiv:1807.03748.
/// Convention: no beta; nothing is decoded.
/// Keeps: the information of the past about the future, up to the logarithm of the batch.
/// Discards: information about the past that does not predict the future.
spec CPC "CPC" {
  modality S : signal(32, 4)
  modality X = past(S, 16)
  modality Y = future(S, 8)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  keep I(Zx; Zy) by infonce(critic = bilinear) one-way
}
`,
  crmvae: `/// A product of experts whose code each view alone must predict; the views are reconstructed from the product and each from its own expert.
/// Source: Suzuki, Matsuo 2023, "Mitigating the Limitations of Multimodal VAEs with Coordination-Based Approach", submitted to ICLR 2023. In MultiVae the reconstructions have half the weight.
/// Convention: beta is 1; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information that reconstructs the views, from both and each from its own.
/// Discards: what of the code one view could not foretell.
spec CRMVAE "CRMVAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y by poe

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  compress I(X, Y; Z | X) by conditional(Z[X])
  compress I(X, Y; Z | Y) by conditional(Z[Y])
  keep I(X; Z)
  keep I(Y; Z)
  keep I(X; Z[X])
  keep I(Y; Z[Y])
}
`,
  cvae: `/// A VAE of a stream given a target that both encoder and decoder read.
/// Aliases: conditional VAE
/// Source: Sohn, Lee, Yan 2015, "Learning Structured Output Representation using Deep Conditional Generative Models", NeurIPS.
/// Convention: beta is 1; sums over values.
/// Keeps: the information that reconstructs X beyond the information of Y.
/// Discards: what Y tells already.
spec CVAE "CVAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want private(X) in Z
  want forget(Y) in Z

  latent Z : gaussian(8) from X, Y
  prior Z = from Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z | Y) by conditional(prior)
  keep I(X; Z, Y)
}
`,
  dcca: `/// A noiseless code for each view, correlated as far as it goes.
/// Aliases: CCA (with linear encoders), deep CCA
/// Source: Andrew, Arora, Bilmes, Livescu 2013, "Deep Canonical Correlation Analysis", ICML: the sum of the correlations. cca_zoo sums their squares instead, and adds 1e-4 or so to the covariances.
/// Convention: no beta; nothing is decoded.
/// Keeps: the information that the views share, up to its correlation.
/// Discards: the information that only one view has.
spec DCCA "DCCA" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  keep I(Zx; Zy) by cca
}
`,
  dccae: `/// DCCA whose codes also reconstruct their own view.
/// Aliases: deep canonically correlated autoencoders
/// Source: Wang, Arora, Livescu, Bilmes 2015, "On Deep Multi-View Representation Learning", ICML. The source's lambda is \`w\`. In cca_zoo it multiplies means over values, and 1 - lambda before the correlation.
/// Convention: no beta; sums over values.
/// Keeps: the information that the views share, and the information that reconstructs each.
/// Discards: the information that only one view has, as \`w\` falls.
spec DCCAE "DCCAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  knob w = 0.02 in 0.001 .. 0.1 log

  keep I(Zx; Zy) by cca
  keep w * I(X; Zx)
  keep w * I(Y; Zy)
}
`,
  "deep-imv": `/// A product of the views' codes predicts a target, and each view's code has a predictor of its own.
/// Source: Lee, van der Schaar 2021, "A Variational Information Bottleneck Approach to Multi-Omics Data Integration", AISTATS. The source's alpha is \`a\`, and its beta multiplies the compressed terms. In the authors' code the prior is an expert of the product alone, here also of each view's code.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Limit: at a = 0 it is MVIB.
/// Keeps: the information of the views about the target, together and each alone.
/// Discards: what does not predict the target.
spec DeepIMV "DeepIMV" {
  modality X : vector(64)
  modality Y : vector(64)
  target L : label(10)

  want predict(L) in Z
  want forget(X) in Z
  want forget(Y) in Z

  latent Z : gaussian(8) from X, Y by poe(prior)

  knob beta = 1 in 0.01 .. 1024 log
  knob a = 1 in 0.01 .. 100 log

  compress I(X, Y; Z)
  compress a * I(X; Z[X])
  compress a * I(Y; Z[Y])
  keep I(L; Z)
  keep a * I(L; Z[X]) by categorical as first
  keep a * I(L; Z[Y]) by categorical as second
}
`,
  dib: `/// One stream, assigned to one of a few values that predict a target: the entropy of the values is compressed, not their information about the stream.
/// Aliases: deterministic information bottleneck, DIB clustering
/// Source: Strouse, Schwab 2017, "The Deterministic Information Bottleneck", Neural Computation 29. The source alternates exact updates, here an encoder is trained.
/// Convention: beta multiplies the kept terms; sums over values.
/// Keeps: what predicts Y, as one value.
/// Discards: the rest, and chance: each X ends up at one value.
spec DIB "DIB" {
  modality X : vector(64)
  target Y : label(10)

  want predict(Y) in Z

  latent Z : categorical(8) from X
  prior Z = learned

  knob beta = 16 in 0.01 .. 1e4 log

  compress H(Z)
  keep I(Y; Z)
}
`,
  "distributed-ib": `/// A code for each of two views; together and each alone they predict a target.
/// Source: Estella Aguerri, Zaidi 2021, "Distributed Variational Representation Learning", IEEE TPAMI. The source's s weighs the cost and what each code keeps alone: it is 1 over beta, and \`s\` here.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Limit: at s = 0 it is DMIB.
/// Keeps: the joint information of the views about L, and the information of each alone.
/// Discards: what does not predict L.
spec DistributedIB "distributed IB" {
  modality X : vector(64)
  modality Y : vector(64)
  target L : label(10)

  want predict(L) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 1 in 0.01 .. 1024 log
  knob s = 1 in 0.01 .. 100 log

  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(L; Zx, Zy)
  keep s * I(L; Zx)
  keep s * I(L; Zy)
}
`,
  dmib: `/// A code for each of two views, paid for apart, that predict a target together.
/// Aliases: deep multi-view information bottleneck
/// Source: Wang, Boudreau, Luo, Tan, Zhou 2019, "Deep Multi-view Information Bottleneck", SDM. The source weighs the cost of each code apart; its code joins them into one noisy code more, which is not paid for.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Keeps: the joint information of the views about L.
/// Discards: what does not predict L.
spec DMIB "DMIB" {
  modality X : vector(64)
  modality Y : vector(64)
  target L : label(10)

  want predict(L)
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(L; Zx, Zy)
}
`,
  dmvae: `/// A shared code of both views and a private code of each; each view is also reconstructed from the other's shared code.
/// Aliases: disentangled multimodal VAE
/// Source: Lee, Pavlovic 2021, "Private-Shared Disentangled Multimodal VAE for Learning of Latent Representations", CVPR Workshops. Each reconstruction is a bound of its own, as in the authors' code and in multi-view-AE, so a shared code is compressed once for each view that it reconstructs; MultiVae pays once. In the authors' code the prior is an expert of the product alone, here also of each view's code.
/// Convention: beta is 1; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information that the views share in Z, the rest in the private codes.
/// Discards: what is weaker than the noise of the decoders.
spec DMVAE "DMVAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z
  want private(X) in Wx
  want private(Y) in Wy

  latent Z : gaussian(8) from X, Y by poe(prior)
  latent Wx : gaussian(8) from X
  latent Wy : gaussian(8) from Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z, Wx)
  compress I(X, Y; Z, Wy)
  compress I(X; Z[X], Wx)
  compress I(X, Y; Z[X], Wy)
  compress I(X, Y; Z[Y], Wx)
  compress I(Y; Z[Y], Wy)
  keep I(X; Z, Wx)
  keep I(Y; Z, Wy)
  keep I(X; Z[X], Wx)
  keep I(Y; Z[X], Wy)
  keep I(X; Z[Y], Wx)
  keep I(Y; Z[Y], Wy)
}
`,
  dsib: `/// DVSIB with noiseless codes: their width is the only bottleneck.
/// Aliases: deep symmetric information bottleneck
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
/// Convention: no beta; sums over values.
/// Limit: by cca it is DCCAE at w = 1.
/// Keeps: the information that the views share, and the information that reconstructs each.
/// Discards: what the width leaves no room for.
spec DSIB "DSIB" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want reconstruct(X) in Zx
  want reconstruct(Y) in Zy

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  keep I(Zx; Zy) by mine
  keep I(X; Zx)
  keep I(Y; Zy)
}
`,
  dvib: `/// One stream, compressed into a code that predicts a target.
/// Aliases: VIB, deep variational information bottleneck
/// Source: Alemi, Fischer, Dillon, Murphy 2017, "Deep Variational Information Bottleneck", ICLR.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Limit: noiseless it is supervised cross-entropy.
/// Keeps: what predicts Y.
/// Discards: what does not predict Y.
spec DVIB "DVIB" {
  modality X : vector(64)
  target Y : label(10)

  want predict(Y) in Z
  want forget(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1e4 log

  compress I(X; Z)
  keep I(Y; Z)
}
`,
  "dvsib-private": `/// A shared and a private code for each view; what the shared codes have in common is kept, and each view is decoded from both of its own.
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR.
/// Convention: beta multiplies the kept terms; sums over values.
/// Keeps: the information that the views share in Zx and Zy, the rest of each view in its private code.
/// Discards: what is worth less than it costs.
spec DVSIBPrivate "DVSIB-private" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want private(X) in Wx
  want private(Y) in Wy

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
/// Convention: beta multiplies the kept terms; sums over values.
/// Limit: noiseless it is DSIB.
/// Keeps: the information that the views share, and the information that reconstructs each.
/// Discards: what is worth less than it costs, the private parts first.
spec DVSIB "DVSIB" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want reconstruct(X) in Zx
  want reconstruct(Y) in Zy

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
  dysib: `/// A code of the past and one of the future of a signal; only what the codes share is kept, and nothing is decoded.
/// Aliases: dynamical symmetric information bottleneck
/// Source: Martini, Abdelaleem, Gulati, Nemenman 2026, "Information bottleneck for learning the phase space of dynamics from high-dimensional experimental data", arXiv:2604.24662.
/// Convention: beta multiplies the kept terms; nothing is decoded.
/// Keeps: the information of the past about the future, as the state between them.
/// Discards: information about the past that does not predict the future.
spec DySIB "DySIB" {
  modality S : signal(32, 4)
  modality X = past(S, 16)
  modality Y = future(S, 8)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 32 in 0.1 .. 1024 log

  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
}
`,
  "factor-vae": `/// A VAE that also pays for what the coordinates of its code share.
/// Source: Kim, Mnih 2018, "Disentangling by Factorising", ICML. The source's gamma is \`g\`.
/// Convention: beta is 1; sums over values.
/// Limit: at g = 0 it is beta-VAE.
/// Keeps: the information that reconstructs X, in independent coordinates.
/// Discards: what is weaker than the noise of the decoder, and codes that repeat each other.
spec FactorVAE "FactorVAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log
  knob g = 6 in 0.1 .. 100 log

  compress I(X; Z)
  compress g * TC(Z) by density-ratio
  keep I(X; Z)
}
`,
  "fair-vib": `/// VIB whose code also compresses its information about a known factor.
/// Source: Moyer, Gao, Brekelmans, Galstyan, Ver Steeg 2018, "Invariant Representations without Adversarial Training", NeurIPS. The source's lambda is g / beta here. In the authors' code the divergence of the codes from each other replaces that from a prior.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Limit: at g = 0 it is DVIB.
/// Keeps: what predicts Y, and the information that reconstructs X beside S, which the bound on I(S; Z) asks for.
/// Discards: what tells S.
spec FairVIB "fair VIB" {
  modality X : vector(64)
  target Y : label(10)
  target S : label(2)

  want predict(Y) in Z
  want forget(S) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log
  knob g = 1 in 0.01 .. 100 log

  compress I(X; Z)
  compress g * I(S; Z) by chain
  keep I(Y; Z)
}
`,
  gmc: `/// A code of unit length of all views together and one of each view; within the batch, each view's code is to find the joint one.
/// Aliases: geometric multimodal contrastive learning
/// Source: Poklukar, Vasco, Yin, Melo, Paiva, Kragic 2022, "Geometric Multimodal Contrastive Representation Learning", ICML. There one projection ends all encoders, and each code is also told from those of its own kind.
/// Convention: no beta; nothing is decoded.
/// Views: any number of X, Y.
/// Keeps: the information of each view about all of them, up to the logarithm of the batch.
/// Discards: what does not help to tell one sample from another.
spec GMC "GMC" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z, Zx, Zy

  latent Z : sphere(8) from X, Y
  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y

  keep I(Z; Zx) by infonce(critic = cosine)
  keep I(Z; Zy) by infonce(critic = cosine)
}
`,
  "gpoe-mvae": `/// A product of experts with a trained weight for each expert and coordinate.
/// Aliases: weighted mVAE
/// Source: Cao, Fleet 2014, "Generalized Product of Experts for Automatic and Principled Fusion of Gaussian Process Predictions", arXiv:1410.7827, as the fusion of a multimodal VAE: Lawry Aguila, Chapman, Altmann 2023, MICCAI. In multi-view-AE the reconstructions are is a mean over views.
/// Convention: beta is 1; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information that reconstructs the views, each expert trusted as far as its weight.
/// Discards: what is weaker than the noise of the decoders.
spec GPoEMVAE "gPoE-MVAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y by poe(weights = learned)

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  imagebind: `/// A code of unit length for each of three streams; two of them are bound to the third and never to each other.
/// Aliases: LanguageBind
/// Source: Girdhar et al. 2023, "ImageBind: One Embedding Space To Bind Them All", CVPR. The source adds both directions.
/// Convention: no beta; nothing is decoded.
/// Views: any number of Y, A.
/// Keeps: what each stream shares with the one in the middle, up to the logarithm of the batch.
/// Discards: what only one stream tells, and what the outer two share beside the middle one.
spec ImageBind "ImageBind" {
  modality X : vector(64)
  modality Y : vector(64)
  modality A : vector(64)

  want shared(X, Y) in Zx, Zy
  want shared(X, A) in Zx, Za
  want forget(Y) in Zy
  want forget(A) in Za
  want forget(X) in Zx

  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y
  latent Za : sphere(8) from A

  keep I(Zx; Zy) by infonce(critic = cosine)
  keep I(Zx; Za) by infonce(critic = cosine)
}
`,
  infomax: `/// A noiseless code that a critic can tie to the stream it came from; nothing is decoded.
/// Aliases: InfoMax, DIM (its global term)
/// Source: Hjelm et al. 2019, "Learning deep representations by mutual information estimation and maximization", ICLR. The prior matching and the local term of the source are left out.
/// Convention: no beta; nothing is decoded.
/// Keeps: what tells one X from another.
/// Discards: what does not help to tell one X from another.
spec InfoMax "Deep InfoMax" {
  modality X : vector(64)

  want private(X) in Z

  latent Z : deterministic(8) from X

  keep I(X; Z) by infonce
}
`,
  infovae: `/// A VAE that also pays for the distance of all codes together from the prior.
/// Source: Zhao, Song, Ermon 2019, "InfoVAE: Balancing Learning and Inference in Variational Autoencoders", AAAI. The source's alpha is \`a\`, and \`g\` is its alpha + lambda - 1. The source's kernel is Gaussian, exp(-distance² / d²) of d coordinates; here it is 2d / (2d + distance²), that of WAE, so \`g\` means another scale; pythae adds kernels of several scales.
/// Convention: beta is 1; sums over values.
/// Limit: at a = 1 it is called MMD-VAE.
/// Limit: at a = 1, noiseless it is WAE-MMD.
/// Limit: at g = 0 it is beta-VAE.
/// Keeps: the information that reconstructs X.
/// Discards: what the rate does not pay.
spec InfoVAE "InfoVAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log
  knob a = 0.5 in 0 .. 1
  knob g = 10 in 0.1 .. 1000 log

  compress (1 - a) * I(X; Z)
  compress g * gap(Z) by mmd
  keep I(X; Z)
}
`,
  jmvae: `/// A joint VAE of two views whose code each view alone must predict.
/// Aliases: JMVAE, joint multimodal VAE
/// Source: Suzuki, Nakayama, Matsuo 2016, "Joint Multimodal Learning with Deep Generative Models", arXiv:1611.01891. The source's alpha is \`a\`; in the authors' code it multiplies the mean over the views.
/// Convention: beta is 1; sums over values.
/// Views: any number of X, Y.
/// Limit: at a = 0 it is beta-joint-DVCCA.
/// Keeps: the information that reconstructs both views.
/// Discards: what of the code one view could not foretell, as \`a\` grows.
spec JMVAE "JMVAE-kl" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y

  knob beta = 1 in 0.01 .. 1024 log
  knob a = 0.1 in 0.001 .. 10 log

  compress I(X, Y; Z)
  compress a * I(X, Y; Z | X) by conditional(Z[X])
  compress a * I(X, Y; Z | Y) by conditional(Z[Y])
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "joint-vae": `/// One stream, reconstructed from a continuous and a categorical code, each kept at a number of nats.
/// Aliases: joint continuous and discrete VAE
/// Source: Dupont 2018, "Learning Disentangled Joint Continuous and Discrete Representations", NeurIPS. The source's gamma weighs the cost: beta here is 1 over it, and its capacities are the targets, raised over training.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Keeps: kinds in C, and how one of a kind varies in Z, for that many nats each.
/// Discards: the rest.
spec JointVAE "JointVAE" {
  modality X : vector(64)

  want reconstruct(X)

  latent Z : gaussian(8) from X
  latent C : categorical(10) from X

  knob beta = 0.1 in 0.001 .. 10 log

  compress I(X; Z) at 8
  compress I(X; C) at 2
  keep I(X; Z, C)
}
`,
  maae: `/// A noiseless code for each view, each reconstruction all views, trained against a discriminator that distinguishes codes from samples of the prior.
/// Aliases: multi-view adversarial autoencoder
/// Source: Lawry Aguila et al. 2023, "Multi-view-AE: A Python package for multi-view autoencoder models", JOSS. There both codes share their decoders and the discriminator, and the terms are means over views, the reconstructions are over pairs of them.
/// Convention: no beta; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information of each view about both.
/// Discards: what the width leaves no room for.
spec MAAE "mAAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  knob beta = 1 in 0.01 .. 1024 log

  compress gap(Zx) by adversary
  compress gap(Zy) by adversary
  keep I(X; Zx)
  keep I(Y; Zx)
  keep I(X; Zy)
  keep I(Y; Zy)
}
`,
  mcca: `/// A noiseless code for each of three views; every two are correlated as far as it goes.
/// Aliases: SUMCOR, MCCA (with linear encoders)
/// Source: Kettenring 1971, "Canonical Analysis of Several Sets of Variables", Biometrika: the sum of correlations, here with networks. cca_zoo sums squared correlations.
/// Convention: no beta; nothing is decoded.
/// Views: any number of X, Y, A.
/// Keeps: what any two views share, up to its correlation.
/// Discards: the information that only one view has.
spec MultisetCCA "multiset CCA" {
  modality X : vector(64)
  modality Y : vector(64)
  modality A : vector(64)

  want shared(X, Y) in Zx, Zy
  want shared(X, A) in Zx, Za
  want shared(Y, A) in Zy, Za
  want forget(X) in Zx
  want forget(Y) in Zy
  want forget(A) in Za

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y
  latent Za : deterministic(8) from A

  keep I(Zx; Zy) by cca
  keep I(Zx; Za) by cca
  keep I(Zy; Za) by cca
}
`,
  mhvae: `/// Two levels of codes of two views: the upper sets the prior of the lower, from which the views are decoded.
/// Aliases: multi-modal hierarchical VAE
/// Source: Dorent et al. 2023, "Unified Brain MR-Ultrasound Synthesis using Multi-Modal Hierarchical Representations", MICCAI. The terms of subsets of the views, over which MultiVae takes the mean, are left out.
/// Convention: beta is 1; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information that reconstructs the views, coarse in Z2 and fine in Z1.
/// Discards: what is weaker than the noise of the decoders.
spec MHVAE "MHVAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X)
  want reconstruct(Y)

  latent Z2 : gaussian(8) from X, Y by poe(prior)
  latent Z1 : gaussian(8) from X, Y by poe(prior) given Z2
  prior Z1 = from Z2

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z2)
  compress I(X, Y; Z1 | Z2) by conditional(prior)
  keep I(X; Z1)
  keep I(Y; Z1)
}
`,
  mib: `/// A code for each of two views that shares much with the other's and pays for what the other view does not tell.
/// Aliases: multi-view information bottleneck
/// Source: Federici, Dutta, Forré, Kushman, Akata 2020, "Learning Robust Representations via Multi-View Information Bottleneck", ICLR. The mean of both conditional terms is the source's symmetric divergence.
/// Convention: beta multiplies the compressed terms; nothing is decoded.
/// Limit: noiseless, by infonce it is MV-InfoMax.
/// Keeps: the information that the views share.
/// Discards: the information that only one view has.
spec MIB "MIB" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 2 in 0.01 .. 1024 log

  compress 0.5 * I(X; Zx | Y) by conditional(Zy)
  compress 0.5 * I(Y; Zy | X) by conditional(Zx)
  keep I(Zx; Zy) by js
}
`,
  "mmvae-plus": `/// A mixture of the views' shared codes with a private code of each; the other view is reconstructed with its private code drawn from the prior.
/// Source: Palumbo, Daunhawer, Vogt 2023, "MMVAE+: Enhancing the Generative Quality of Multimodal VAEs without Compromises", ICLR. Its importance-weighted bound is replaced by the plain one, K = 1. There the source takes the shared code against the mixture of the views' encoders, here each component has its own rate: of M views this costs up to log M nats more. The source is a mean over the views: of each, what its own codes cost and reconstruct.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information that the views share in Z, the rest of each in its private code.
/// Discards: what is weaker than the noise of the decoders.
spec MMVAEPlus "MMVAE+" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z
  want private(X) in Wx
  want private(Y) in Wy

  latent Z : gaussian(8) from X, Y by moe
  latent Wx : gaussian(8) from X
  latent Wy : gaussian(8) from Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z[X], Wx)
  compress I(Y; Z[Y], Wy)
  keep I(X; Z[X], Wx)
  keep I(Y; Z[X], Wy[])
  keep I(X; Z[Y], Wx[])
  keep I(Y; Z[Y], Wy)
}
`,
  mmvae: `/// A mixture of the views' codes; whichever view is drawn has to reconstruct all of them.
/// Aliases: mixture-of-experts multimodal VAE, mcVAE (Antelmi, Ayache, Robert, Lorenzi 2019)
/// Source: Shi, Siddharth, Paige, Torr 2019, "Variational Mixture-of-Experts Autoencoders for Multi-Modal Deep Generative Models", NeurIPS. Its importance-weighted bound is replaced by the plain one, the authors' \`m_elbo_naive\`, which pays for each component apart.
/// Convention: beta is 1; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information of one view about both.
/// Discards: the information that only one view has, as its share in the other's reconstruction falls.
spec MMVAE "MMVAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z

  latent Z : gaussian(8) from X, Y by moe

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "mopoe-private": `/// A mixture over the products of experts of all subsets of the views, with a private code of each view beside it.
/// Aliases: MoPoE with modality-specific subspaces
/// Source: Sutter, Daunhawer, Vogt 2021, "Generalized Multimodal ELBO", ICLR; private codes as in the authors' code, where beta weighs both kinds of codes and further weights each kind. In it the prior is an expert of the product of all views alone.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information of any subset of the views about all of them in Z, the rest of each in its private code.
/// Discards: what is weaker than the noise of the decoders.
spec MoPoEPrivate "MoPoE-VAE with private codes" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z
  want private(X)
  want private(Y)

  latent Z : gaussian(8) from X, Y by mopoe
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
  mopoe: `/// A mixture over the products of experts of all subsets of the views.
/// Aliases: MoPoE, generalised multimodal ELBO
/// Source: Sutter, Daunhawer, Vogt 2021, "Generalized Multimodal ELBO", ICLR. In the authors' code beta is 5 unless told otherwise, and the prior is an expert of the product of all views alone.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information of any subset of the views about all of them.
/// Discards: what is weaker than the noise of the decoders.
spec MoPoE "MoPoE-VAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y by mopoe

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "mv-infomax": `/// A noiseless code for each view; a critic decides which two belong together, and nothing is compressed.
/// Aliases: multi-view InfoMax, AMDIM
/// Source: Bachman, Hjelm, Buchwalter 2019, "Learning Representations by Maximizing Mutual Information Across Views", NeurIPS; named so by Federici et al. 2020, ICLR, whose code draws noisy codes and pays for nothing.
/// Convention: no beta; nothing is decoded.
/// Keeps: the information that the views share, up to the logarithm of the batch.
/// Discards: the information that only one view has, where the width leaves no room for it.
spec MVInfoMax "MV-InfoMax" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  keep I(Zx; Zy) by infonce
}
`,
  "mvae-subsets": `/// MVAE with the bound of each view alone beside that of both: the product has to be right for a part of the views too.
/// Aliases: me_mVAE
/// Source: Wu, Goodman 2018, "Multimodal Generative Models for Scalable Weakly-Supervised Learning", NeurIPS: its sub-sampled training, which for two views has these three bounds; of more views it also draws some of the subsets between.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Keeps: the information that reconstructs the views, from both and from each alone.
/// Discards: what is weaker than the noise of the decoders.
spec MVAESubsets "MVAE with sub-sampling" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y by poe(prior)

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  compress I(X; Z[X])
  compress I(Y; Z[Y])
  keep I(X; Z)
  keep I(Y; Z)
  keep I(X; Z[X])
  keep I(Y; Z[Y])
}
`,
  mvae: `/// Views, each an expert beside the prior; the product of the experts is the code, and all are decoded from it.
/// Aliases: multimodal VAE
/// Source: Wu, Goodman 2018, "Multimodal Generative Models for Scalable Weakly-Supervised Learning", NeurIPS. The terms of subsets that its training samples are left out. In the authors' code the weight of the cost rises to 1, and each stream has a weight of its own.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Keeps: the information that reconstructs the views, the sharper expert foremost.
/// Discards: what is weaker than the noise of the decoders.
spec MVAE "MVAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y by poe(prior)

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  mvib: `/// A product of the views' codes, the prior among them, that predicts a target.
/// Aliases: multimodal variational information bottleneck
/// Source: Grazioli et al. 2022, "Microbiome-based disease prediction with multimodal variational information bottlenecks", PLOS Computational Biology. The authors' code adds the loss of each view alone and a triplet loss: both are left out.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Keeps: the joint information of the views about L.
/// Discards: what does not predict L.
spec MVIB "MVIB" {
  modality X : vector(64)
  modality Y : vector(64)
  target L : label(10)

  want predict(L) in Z
  want forget(X) in Z
  want forget(Y) in Z

  latent Z : gaussian(8) from X, Y by poe(prior)

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  keep I(L; Z)
}
`,
  mvtcae: `/// A product of experts without the prior, whose code each view alone must predict.
/// Aliases: multi-view total correlation autoencoder
/// Source: Hwang, Kim, Hong, Kim 2021, "Multi-View Representation Learning via Total Correlation Objective", NeurIPS. The source's alpha sets \`a\`: of n views, a = alpha / (n (1 - alpha)).
/// Convention: beta multiplies the compressed terms; sums over values.
/// Views: any number of X, Y.
/// Limit: at a = 0 it is beta-joint-DVCCA, Z fused by poe.
/// Keeps: the information of the views about each other.
/// Discards: what of the code one view could not foretell.
spec MVTCAE "MVTCAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z

  latent Z : gaussian(8) from X, Y by poe

  knob beta = 1 in 0.01 .. 1024 log
  knob a = 1 in 0.001 .. 10 log

  compress I(X, Y; Z)
  compress a * I(X, Y; Z | X) by conditional(Z[X])
  compress a * I(X, Y; Z | Y) by conditional(Z[Y])
  keep I(X; Z)
  keep I(Y; Z)
}
`,
  "past-future-ib": `/// The past of a signal, compressed into a code that predicts its future.
/// Aliases: predictive information bottleneck
/// Source: Creutzig, Globerson, Tishby 2009, "Past-future information bottleneck in dynamical systems", Physical Review E; here with the bounds of VIB.
/// Convention: beta multiplies the kept terms; sums over values.
/// Keeps: the information of the past about the future.
/// Discards: information about the past that does not predict the future.
spec PastFutureIB "past-future bottleneck" {
  modality S : signal(32, 4)
  modality X = past(S, 16)
  modality Y = future(S, 8)

  want shared(X, Y) in Z
  want forget(X) in Z

  latent Z : gaussian(8) from X

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z)
  keep I(Y; Z)
}
`,
  siglip: `/// A code of unit length for each view; every pair of a batch is judged by itself.
/// Aliases: sigmoid loss for language-image pre-training
/// Source: Zhai, Mustafa, Kolesnikov, Beyer 2023, "Sigmoid Loss for Language Image Pre-Training", ICCV. It is not a bound. The source trains the temperature from 1/10 (its scale is exp(t), t from log 10) and a bias from -10; here the bias is trained from -10 and the temperature is 1/10 throughout, unless \`siglip(temperature = learned)\` is written.
/// Convention: no beta; nothing is decoded.
/// Keeps: the information that the views share.
/// Discards: the information that only one view has.
spec SigLIP "SigLIP" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y

  keep I(Zx; Zy) by siglip
}
`,
  simclr: `/// Two random changes of one picture, each with a code of unit length from one encoder, distinguished within the batch.
/// Aliases: NT-Xent (its loss)
/// Source: Chen, Kornblith, Norouzi, Hinton 2020, "A Simple Framework for Contrastive Learning of Visual Representations", ICML. The source also tells each change from those of its own kind, and adds both directions.
/// Convention: no beta; nothing is decoded.
/// Keeps: what survives the changes, up to the logarithm of the batch.
/// Discards: what the changes alter.
spec SimCLR "SimCLR" {
  modality S : image(16, 16)
  modality X = augment(S, crop, flip)
  modality Y = augment(S, crop, flip)

  want shared(X, Y) in Zx, Zy

  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y
  share Zx, Zy

  keep I(Zx; Zy) by infonce(critic = cosine)
}
`,
  splitae: `/// Two views, both reconstructed from a noiseless code of the first.
/// Aliases: split autoencoder
/// Source: Ngiam et al. 2011, "Multimodal Deep Learning", ICML. In cca_zoo both views are reconstructed at the same weight, by means over values.
/// Convention: no beta; sums over values.
/// Keeps: the information of the first view about both.
/// Discards: what only the second view tells.
spec SplitAE "SplitAE" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Z
  want reconstruct(X) in Z
  want forget(Y) in Z

  latent Z : deterministic(8) from X

  keep I(X; Z)
  keep I(Y; Z)
}
`,
  supcon: `/// A picture and another of its class, each with a code of unit length from one encoder, distinguished within the batch.
/// Aliases: supervised contrastive learning
/// Source: Khosla et al. 2020, "Supervised Contrastive Learning", NeurIPS. Here one partner of the class is drawn for each sample; the source takes all of the batch, the mean of their log-probabilities.
/// Convention: no beta; nothing is decoded.
/// Keeps: what those of one class share, up to the logarithm of the batch.
/// Discards: what differs within a class.
spec SupCon "SupCon" {
  modality X : vector(64)
  target L : label(10)
  modality Y = partner(X, same = L)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx

  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y
  share Zx, Zy

  keep I(Zx; Zy) by infonce(critic = cosine)
}
`,
  supervised: `/// A noiseless code that predicts a target.
/// Aliases: CE, classifier
/// Source: Bishop 2006, "Pattern Recognition and Machine Learning", Springer.
/// Convention: no beta; sums over values.
/// Keeps: what predicts Y.
/// Discards: nothing for a price; only what the width leaves no room for.
spec SupervisedCE "supervised cross-entropy" {
  modality X : vector(64)
  target Y : label(10)

  want predict(Y) in Z

  latent Z : deterministic(8) from X

  keep I(Y; Z)
}
`,
  svae: `/// A VAE whose code is a direction: von Mises-Fisher around one that is inferred, against the uniform distribution on the sphere.
/// Aliases: hyperspherical VAE, vMF-VAE
/// Source: Davidson, Falorsi, De Cao, Kipf, Tomczak 2018, "Hyperspherical Variational Auto-Encoders", UAI. In the source concentrations are at least 1.
/// Convention: beta is 1; sums over values.
/// Keeps: the parts of X that reconstruct it best, as a direction.
/// Discards: parts of X weaker than the noise of the decoder.
spec SVAE "S-VAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : vmf(8) from X

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z)
  keep I(X; Z)
}
`,
  symile: `/// A code of unit length for each of three streams; what all of them share is kept at once.
/// Source: Saporta, Puli, Goldstein, Ranganath 2024, "Contrasting with Symile: Simple Model-Agnostic Representation Learning for Unlimited Modalities", NeurIPS. In the authors' code the temperature is trained; here it is CLIP's first, 0.07, over the root of the width, by which the score is divided too.
/// Convention: no beta; nothing is decoded.
/// Views: any number of X, Y, A.
/// Keeps: what the streams share, also what only three of them tell together.
/// Discards: what only one stream tells.
spec Symile "Symile" {
  modality X : vector(64)
  modality Y : vector(64)
  modality A : vector(64)

  want shared(X, Y, A) in Zx, Zy, Za
  want forget(X) in Zx
  want forget(Y) in Zy
  want forget(A) in Za

  latent Zx : sphere(8) from X
  latent Zy : sphere(8) from Y
  latent Za : sphere(8) from A

  keep TC(Zx, Zy, Za) by infonce(critic = product, temperature = 0.025)
}
`,
  telbo: `/// A joint VAE of two views, and a VAE of each view alone into the same code and by the same decoders.
/// Aliases: triple ELBO
/// Source: Vedantam, Fischer, Huang, Murphy 2018, "Generative Models of Visually Grounded Imagination", ICLR. Here all three bounds are trained at once, with weights of 1.
/// Convention: beta is 1; sums over values.
/// Keeps: the information that reconstructs the views, from both and from each alone.
/// Discards: what is weaker than the noise of the decoders.
spec TELBO "TELBO" {
  modality X : vector(64)
  modality Y : vector(64)

  want reconstruct(X) in Z
  want reconstruct(Y) in Z

  latent Z : gaussian(8) from X, Y

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X, Y; Z)
  compress I(X; Z[X])
  compress I(Y; Z[Y])
  keep I(X; Z)
  keep I(Y; Z)
  keep I(X; Z[X])
  keep I(Y; Z[Y])
}
`,
  "vampprior-vae": `/// A VAE whose prior is the mean of the encoder at pseudo-inputs that are trained.
/// Aliases: VAMP
/// Source: Tomczak, Welling 2018, "VAE with a VampPrior", AISTATS.
/// Convention: beta is 1; sums over values.
/// Keeps: the parts of X that save reconstruction, also where codes fall into clusters.
/// Discards: parts of X weaker than the noise of the decoder.
spec VampPriorVAE "VampPrior VAE" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : gaussian(8) from X
  prior Z = vamp(50)

  knob beta = 1 in 0.01 .. 1024 log

  compress I(X; Z)
  keep I(X; Z)
}
`,
  vicreg: `/// A noiseless code for each view: alike across views, of unit variance, with uncorrelated coordinates.
/// Source: Bardes, Ponce, LeCun 2022, "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning", ICLR. It is not a bound. In the authors' code the distance is a mean over coordinates and the spread of a view counts half: \`vicreg(invariance = 3.125, variance = 12.5)\` at a width of 8.
/// Convention: no beta; nothing is decoded.
/// Keeps: the information that the views share.
/// Discards: the information that only one view has.
spec VICReg "VICReg" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : deterministic(8) from X
  latent Zy : deterministic(8) from Y

  keep I(Zx; Zy) by vicreg
}
`,
  vsib: `/// A code for each view; only what the codes share is kept, and nothing is decoded.
/// Aliases: variational symmetric information bottleneck
/// Source: Abdelaleem, Nemenman, Martini 2025, "Deep Variational Multivariate Information Bottleneck", JMLR, on the symmetric bottleneck of Slonim, Friedman, Tishby 2006, "Multivariate Information Bottleneck", Neural Computation.
/// Convention: beta multiplies the kept terms; nothing is decoded.
/// Limit: noiseless it is MV-InfoMax.
/// Keeps: the information that the views share.
/// Discards: the information that only one view has.
spec VSIB "VSIB" {
  modality X : vector(64)
  modality Y : vector(64)

  want shared(X, Y) in Zx, Zy
  want forget(X) in Zx
  want forget(Y) in Zy

  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y

  knob beta = 32 in 0.1 .. 1024 log

  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
}
`,
  wae: `/// A noiseless code that reconstructs its stream, with all codes together drawn to the prior.
/// Aliases: Wasserstein autoencoder
/// Source: Tolstikhin, Bousquet, Gelly, Schoelkopf 2018, "Wasserstein Auto-Encoders", ICLR. Its lambda is 1 over beta here.
/// Convention: beta multiplies the compressed terms; sums over values.
/// Keeps: the information that reconstructs X through a code of this width.
/// Discards: what the width leaves no room for.
spec WAE "WAE-MMD" {
  modality X : vector(64)

  want reconstruct(X) in Z

  latent Z : deterministic(8) from X

  knob beta = 1 in 0.01 .. 1024 log

  compress gap(Z) by mmd
  keep I(X; Z)
}
`,
};
