/** Specs whose projects are trained beside their previews, and tables that some of them read. */

/** A table with a hole, classes as texts, and a column of splits. */
function table(): string {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const kind = ["red", "green", "blue"][i % 3]!;
    const hole = i === 7 ? "NA" : (Math.sin(i) * 3 + (i % 3)).toFixed(3);
    return [hole, Math.cos(i * 1.7).toFixed(3), (i % 3) + Math.sin(5 * i), kind, `s${i % 40}`].join(",");
  });
  return `${["g_1", "g_2", "g_3", "kind", "subject"].join(",")}\n${rows.join("\n")}\n`;
}

/** A table of which some samples have no g, b or kind, and one has a hole in g. */
function holes(): string {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const number = (phase: number): string => (Math.sin(i * phase) + (i % 3)).toFixed(3);
    const g = i % 7 === 3 ? ["", "", ""] : [i === 11 ? "NA" : number(1), number(2), number(3)];
    const b = i % 5 === 0 ? ["99", "99", "0"] : [number(4), number(5), "1"];
    return [...g, ...b, number(6), i % 4 === 1 ? "" : ["red", "green", "blue"][i % 3]!].join(",");
  });
  return `g_1,g_2,g_3,b_1,b_2,b_present,c,kind\n${rows.join("\n")}\n`;
}

export const tables = { "table.csv": table(), "holes.csv": holes() };

export const planted = (more: string, length = "steps = 40"): string => `spec S {
  data "planted-factors" { samples = 512, validation = 128, test = 128, seed = 2 }
  modality X : vector(64)
  modality Y : vector(64)
  observe shared_1 : scalar
  latent Zx : gaussian(4) from X
  latent Zy : gaussian(4) from Y
  knob beta = 8 in 0.1 .. 100 log
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
  train { ${length}, batch = 64, seed = 5 }
  ${more}
}`;

export const specs: Record<string, string> = {
  planted: planted(""),
  annealed: planted("anneal beta from 1 over 2 epochs after 1 epochs"),
  missing: planted("missing X rate 0.3\n missing Y rate 0.2\n keep I(X; Zx)"),
  pictures: `spec S {
  data "noisy-digits" { samples = 192, validation = 64, test = 64 }
  modality X : image(28, 28)
  modality A = augment(X, crop, flip, noise)
  target digit : label(10)
  latent Z : gaussian(4) from X
  latent W : gaussian(4) from A
  compress I(X; Z)
  compress I(A; W)
  keep I(Z; W) by mine
  keep I(digit; Z)
  train { steps = 30, batch = 32, seed = 3 }
}`,
  table: `spec S {
  data "table.csv" { stratify = kind, groups = subject, seed = 4 }
  modality G : vector(3) = g fill standardise
  target kind : label(3)
  latent Z : gaussian(2) from G
  compress I(G; Z | kind)
  keep I(kind; Z)
  train { steps = 30, batch = 32, seed = 3 }
}`,
  holes: `spec S {
  data "holes.csv" { seed = 4 }
  modality G : vector(3) = g fill standardise
  modality B : vector(2) = b
  modality C : scalar = c
  target kind : label(3)
  missing G rate 0.5
  missing B rate 0.5
  missing C rate 0.3
  missing kind rate 0.5
  latent Zg : gaussian(2) from G
  latent Zb : gaussian(2) from B
  latent Z : gaussian(2) from G, B, C by poe
  compress I(G; Zg)
  compress I(B; Zb)
  compress I(G, B, C; Z)
  keep I(Zg; Zb) by infonce
  keep I(kind; Z)
  keep I(B; Z)
  train { steps = 30, batch = 32, seed = 3 }
}`,
};

/** Another loss around a code of `planted`, which is not trained. */
export const frozen = planted("keep I(Y; Zy)").replace("from X", "from X frozen");

/** Pictures of which one in twenty has a spot that turns the outcome over, and captions that do not mention it. */
export const rare = `spec Rare {
  data "captioned-shapes" { samples = 1500, validation = 300, test = 300, rare = 0.05, seed = 1 }
  modality picture : image(20, 20, 3)
  modality caption : text(7, 25)
  observe outcome : label(6)
  observe rare : label(2)
  latent Zp : gaussian(8) from picture
  latent Zc : gaussian(8) from caption
  compress I(picture; Zp)
  compress I(caption; Zc)
  keep 64 * I(Zp; Zc) by infonce
  network encoder picture = mlp(32)
  train { steps = 150, batch = 32, optimizer = adam(2e-3), seed = 1 }
}`;
