/** What a file defines for itself where it needs it, by name. */
export const helpers: Readonly<Record<string, string>> = {
  Named: `class Named(nn.ModuleDict):
    """Modules by name, also by names that torch has other uses for, such as \`values\` and \`training\`."""

    def add_module(self, name, module):
        self._modules[name] = module

    # Torch sets attributes by such a name that are not modules.
    __setattr__ = object.__setattr__
`,
  checked: `def checked(streams, name, *shapes):
    """A stream of the batch; its samples have one of these shapes, axes of length 1 aside."""
    x = streams[name]
    sizes = [size for size in x.shape[1:] if size != 1]
    if sizes not in [[size for size in shape if size != 1] for shape in shapes]:
        texts = ["[" + ", ".join(["N", *map(str, shape)]) + "]" for shape in shapes]
        raise ValueError(f"stream {name} has the shape {list(x.shape)}; it must be {' or '.join(texts)}")
    return x
`,
  mlp: `def mlp(*widths):
    """Linear layers of these widths, with ReLU between them."""
    layers = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        layers += [nn.Linear(fan_in, fan_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
`,
  one_hot: `def one_hot(labels, classes, there=None):
    """Class numbers [N] as rows [N, classes], of what is there; rows are left as they are."""
    if labels.shape[1:].numel() == classes:
        return labels.reshape(-1, classes)
    labels = labels.long().reshape(-1)
    labels = labels if there is None else labels.masked_fill(~there, 0)
    return nn.functional.one_hot(labels, classes).to(torch.get_default_dtype())
`,
  counted: `def counted(words, vocabulary):
    """How often each word occurs in rows of word numbers [N, L]; \`vocabulary\`, or below 0, is not a word."""
    words = words.long()
    words = words.masked_fill(words < 0, vocabulary)
    counts = torch.zeros(len(words), vocabulary + 1, device=words.device)
    return counts.scatter_add_(1, words, counts.new_ones(words.shape))[:, :vocabulary]
`,
  bounded: `def bounded(x, low, high):
    """x where it is between low and high, else the nearer end; the gradient is that of x everywhere."""
    return x.clamp(low, high).detach() + (x - x.detach())
`,
  whitener: `def whitener(x):
    """The inverse Cholesky factor of x; NaN where x is not positive definite."""
    factor, failed = torch.linalg.cholesky_ex(x)
    factor = factor.masked_fill(failed != 0, float("nan"))
    identity = torch.eye(len(x), dtype=x.dtype, device=x.device)
    return torch.linalg.solve_triangular(factor, identity, upper=False)
`,
  polar: `def polar(x):
    """The nearest matrix with orthonormal rows or columns.

    0 in directions in which x is 0; NaN where x is.
    """
    if not x.isfinite().all():
        return torch.full_like(x, float("nan"))
    u, s, vh = torch.linalg.svd(x, full_matrices=False)
    return u * (s > 1e-6) @ vh
`,
};
