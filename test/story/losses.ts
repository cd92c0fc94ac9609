/** Three losses on two noisy views of a digit, as specs and as what the reference is asked. */

export interface Loss {
  id: string;
  /** Statements that follow the streams. */
  statements: string;
  reference: { loss: string; settings: object };
}

const image = { kind: "image", shape: [28, 28] };
const gaussian = { law: "gaussian", size: 8 };

function dvsib(w: number): Loss {
  return {
    id: `DVSIB, w = ${w}`,
    statements: `
      latent Zx : gaussian(8) from X
      latent Zy : gaussian(8) from Y
      compress I(X; Zx)
      compress I(Y; Zy)
      keep I(Zx; Zy) by infonce(critic = dot)
      keep ${w} * I(X; Zx) by gaussian
      keep ${w} * I(Y; Zy) by gaussian`,
    reference: {
      loss: "DVSIB",
      settings: {
        beta: 32,
        weights: { X: w, Y: w, between: 1 },
        streams: { X: image, Y: image },
        latents: { Zx: gaussian, Zy: gaussian },
        between: { kind: "infonce", critic: { kind: "dot" } },
      },
    },
  };
}

const dvcca: Loss = {
  id: "beta-DVCCA",
  statements: `
      latent Z : gaussian(8) from X
      compress I(X; Z)
      keep I(X; Z) by gaussian
      keep I(Y; Z) by gaussian`,
  reference: {
    loss: "beta-DVCCA",
    settings: { beta: 32, streams: { X: image, Y: image }, latents: { Z: gaussian } },
  },
};

export const losses: readonly Loss[] = [dvsib(0.02), dvsib(1), dvcca];

/** The paper's views of MNIST, perceptrons of one hidden layer of 256. */
export const specOf = ({ statements }: Loss): string => `
    spec S {
      data "t10k-images-idx3-ubyte.gz" {
        labels = "t10k-labels-idx1-ubyte.gz", views = "noisy-views",
        samples = 8000, validation = 1000, test = 1000, seed = 1
      }
      modality X : image(28, 28)
      modality Y : image(28, 28)
      observe digit : label(10)
      knob beta = 32 in 1 .. 100
      network encoder X = mlp(256, 256)
      network encoder Y = mlp(256, 256)
      network decoder X = mlp(256, 256)
      network decoder Y = mlp(256, 256)
      ${statements}
      train { epochs = 10, batch = 128, optimizer = adam(1e-3) }
    }`;
