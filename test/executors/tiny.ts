/** A small spec: a software adapter takes long to compile each kernel, and the numbers of all operations are held elsewhere. */
export const tinySpec = (epochs: number): string => `spec Tiny {
  data "planted-factors" { samples = 192, validation = 64, test = 64 }
  modality X : vector(64)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep 4 * I(X; Z)
  network encoder X = mlp(8)
  network decoder X = mlp(8)
  train { epochs = ${epochs}, batch = 32, seed = 3 }
}`;
