/** The paper's nine losses, as specs and as what the reference is asked. */
import type { Case } from "./case";

const views = `
  modality X : vector(6)
  modality Y : image(2, 4)`;
const networks = `
  network encoder X = mlp(9, 7)
  network encoder Y = mlp(8)
  network decoder X = mlp(7)
  network decoder Y = mlp(9, 5)
  knob beta = 3 in 0.1 .. 100 log
  knob w = 0.4 in 0.01 .. 1`;
const critic = "network critic Zx, Zy = mlp(8, 6)";
const streams = { X: { kind: "vector", shape: [6] }, Y: { kind: "image", shape: [2, 4] } };
const settings = { beta: 3, weights: { X: 0.4, Y: 0.4, between: 1 }, streams };

const gaussian = (size: number): object => ({ law: "gaussian", size });
const two = { Zx: gaussian(3), Zy: gaussian(3) };

export const paper: readonly Case[] = [
  {
    id: "beta-VAE",
    spec: `${views}${networks}
      latent Z : gaussian(3) from X
      compress I(X; Z)
      keep w * I(X; Z)`,
    reference: { loss: "beta-VAE", settings: { ...settings, latents: { Z: gaussian(3) } } },
  },
  {
    id: "DVIB",
    spec: `modality X : vector(6)
      target Y : label(4)${networks}
      latent Z : gaussian(3) from X
      compress I(X; Z)
      keep w * I(Y; Z)`,
    reference: {
      loss: "DVIB",
      settings: {
        ...settings,
        streams: { X: streams.X, Y: { kind: "label", shape: [4] } },
        latents: { Z: gaussian(3) },
      },
    },
  },
  {
    id: "beta-DVCCA",
    spec: `${views}${networks}
      latent Z : gaussian(3) from X
      compress I(X; Z)
      keep w * I(X; Z)
      keep w * I(Y; Z)`,
    reference: { loss: "beta-DVCCA", settings: { ...settings, latents: { Z: gaussian(3) } } },
  },
  {
    id: "beta-joint-DVCCA",
    spec: `${views}${networks}
      latent Z : gaussian(3) from X, Y
      compress I(X, Y; Z)
      keep w * I(X; Z)
      keep w * I(Y; Z)`,
    reference: { loss: "beta-joint-DVCCA", settings: { ...settings, latents: { Z: gaussian(3) } } },
  },
  {
    id: "beta-DVCCA-private",
    spec: `${views}${networks}
      latent Z : gaussian(3) from X
      latent Wx : gaussian(2) from X
      latent Wy : gaussian(4) from Y
      compress I(X; Z)
      compress I(X; Wx)
      compress I(Y; Wy)
      keep w * I(X; Z, Wx)
      keep w * I(Y; Z, Wy)`,
    reference: {
      loss: "beta-DVCCA-private",
      settings: { ...settings, latents: { Z: gaussian(3), Wx: gaussian(2), Wy: gaussian(4) } },
    },
  },
  {
    id: "beta-joint-DVCCA-private",
    spec: `${views}${networks}
      latent Z : gaussian(3) from X, Y
      latent Wx : gaussian(2) from X
      latent Wy : gaussian(4) from Y
      compress I(X, Y; Z)
      compress I(X; Wx)
      compress I(Y; Wy)
      keep w * I(X; Z, Wx)
      keep w * I(Y; Z, Wy)`,
    reference: {
      loss: "beta-joint-DVCCA-private",
      settings: { ...settings, latents: { Z: gaussian(3), Wx: gaussian(2), Wy: gaussian(4) } },
    },
  },
  {
    id: "DVSIB",
    spec: `${views}${networks}
      latent Zx : gaussian(3) from X
      latent Zy : gaussian(3) from Y
      compress I(X; Zx)
      compress I(Y; Zy)
      keep I(Zx; Zy) by mine
      ${critic}
      keep w * I(X; Zx)
      keep w * I(Y; Zy)`,
    reference: { loss: "DVSIB", settings: { ...settings, latents: two, between: { kind: "mine" } } },
  },
  {
    id: "DVSIB-private",
    spec: `${views}${networks}
      latent Zx : gaussian(3) from X
      latent Zy : gaussian(3) from Y
      latent Wx : gaussian(2) from X
      latent Wy : gaussian(4) from Y
      compress I(X; Zx)
      compress I(Y; Zy)
      compress I(X; Wx)
      compress I(Y; Wy)
      keep I(Zx; Zy) by infonce
      keep w * I(X; Zx, Wx)
      keep w * I(Y; Zy, Wy)`,
    reference: {
      loss: "DVSIB-private",
      settings: {
        ...settings,
        latents: { ...two, Wx: gaussian(2), Wy: gaussian(4) },
        between: { kind: "infonce", critic: { kind: "dot" } },
      },
    },
  },
  {
    id: "DSIB",
    spec: `${views}${networks}
      latent Zx : deterministic(3) from X
      latent Zy : deterministic(3) from Y
      keep I(Zx; Zy) by mine
      ${critic}
      keep w * I(X; Zx)
      keep w * I(Y; Zy)`,
    reference: {
      loss: "DSIB",
      settings: { ...settings, latents: { Zx: { size: 3 }, Zy: { size: 3 } }, between: { kind: "mine" } },
    },
  },
];
