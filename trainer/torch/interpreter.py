"""Carries out compiled programs with PyTorch, for a trainer that speaks to it over standard input and output.

A program is the flat list of operations that `core/program/program.ts` describes: each operation reads buffers and gives
one a new value. Here a buffer is a flat, contiguous tensor. On a CUDA device a program is captured as a graph after a few
runs, so that a step costs one launch.

Messages both ways are frames: the length of a header in four bytes, little endian, the header as JSON, and then as many
bytes as its `bytes` says. Every request but those of SILENT is answered, in order; a failure by {"error": ...}.
"""

import functools
import importlib.util
import json
import os
import struct
import sys

import torch
import torch.nn.functional as F
from torch.optim.adam import adam as torch_adam

# Nothing is written beside the person's code.
sys.dont_write_bytecode = True

# Python starts without this folder on its path.
_spec = importlib.util.spec_from_file_location("_own_modules", os.path.join(os.path.dirname(__file__), "own_modules.py"))
own_modules = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(own_modules)

SILENT = ("write", "build", "dispose")
# Values as small as this many numbers come with the answer to a run: whoever trains reads the terms after every step.
SMALL = 16
# Runs before a program is captured: libraries choose their algorithms in the first ones.
WARM_UP = 3

DTYPES = {"float32": torch.float32, "int32": torch.int32}

UNARY = {
    "neg": torch.neg,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "square": torch.square,
    "abs": torch.abs,
    "reciprocal": torch.reciprocal,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "softplus": F.softplus,
    "step": lambda x: (x > 0).to(x.dtype),
    "sign": torch.sign,
    "logGamma": torch.lgamma,
}
BINARY = {
    "add": torch.add,
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "max": torch.maximum,
    "min": torch.minimum,
}
REDUCE = {"sum": torch.sum, "max": torch.amax, "logSumExp": torch.logsumexp}


def size_of(shape):
    size = 1
    for length in shape:
        size *= length
    return size


# --- Operations: each builder looks at one once, and gives a function of the buffers ---


def matmul(op, _):
    a, b, bias, out = op["a"], op["b"], op.get("bias"), op["out"]
    m, n, k = op["m"], op["n"], op["k"]
    activate = UNARY.get(op["activation"])

    def run(at):
        left = at[a].view(k, m).t() if op["transposeA"] else at[a].view(m, k)
        right = at[b].view(n, k).t() if op["transposeB"] else at[b].view(k, n)
        y = torch.mm(left, right) if bias is None else torch.addmm(at[bias], left, right)
        at[out] = (y if activate is None else activate(y)).reshape(-1)

    return run


def map_(op, device):
    shape, inputs, body = op["shape"], op["inputs"], op["body"]
    constants = {i: torch.tensor(step["value"], device=device) for i, step in enumerate(body) if step["f"] == "constant"}

    def run(at):
        register = [None] * op["registers"]
        for i, operand in enumerate(inputs):
            register[i] = torch.as_strided(at[operand["buffer"]], shape, operand["strides"])
        for i, step in enumerate(body):
            if i in constants:
                register[step["out"]] = constants[i]
            elif "b" in step:
                register[step["out"]] = BINARY[step["f"]](register[step["a"]], register[step["b"]])
            else:
                register[step["out"]] = UNARY[step["f"]](register[step["a"]])
        # A copy where the result is an input itself, or a number for all places.
        y = register[op["result"]].expand(shape).reshape(-1)
        at[op["out"]] = y.clone() if any(y.data_ptr() == at[o["buffer"]].data_ptr() for o in inputs) else y

    return run


def reduce(op, _):
    shape = (op["outer"], op["length"], op["inner"])
    f, source, out = REDUCE[op["f"]], op["input"], op["out"]

    def run(at):
        at[out] = f(at[source].view(shape), 1).reshape(-1)

    return run


def gather(op, _):
    source, index, out, width = op["source"], op["index"], op["out"], op["width"]

    def run(at):
        at[out] = at[source].view(-1, width).index_select(0, at[index]).reshape(-1)

    return run


def scatter_add(op, _):
    source, index, out, width = op["source"], op["index"], op["out"], op["width"]

    def run(at):
        y = torch.zeros(op["outRows"], width, device=at[source].device)
        at[out] = y.index_add_(0, at[index], at[source].view(-1, width)).reshape(-1)

    return run


def copy(op, _):
    source, out = op["input"], op["out"]

    def run(at):
        # Several copies may fill one buffer, each its own places.
        y = torch.zeros_like(at[out]) if op["zero"] else at[out]
        to = torch.as_strided(y, op["shape"], op["outStrides"], op["outOffset"])
        to.copy_(torch.as_strided(at[source], op["shape"], op["inputStrides"], op["inputOffset"]))
        at[out] = y

    return run


def places_under(window):
    """Which place of the picture lies under each tap of each patch; -1 outside it."""
    (height, width), (kh, kw) = window["picture"], window["kernel"]
    (sy, sx), (py, px) = window["stride"], window["padding"]
    down = (height + 2 * py - kh) // sy + 1
    across = (width + 2 * px - kw) // sx + 1
    places = []
    for p in range(down):
        for q in range(across):
            for i in range(kh):
                for j in range(kw):
                    y, x = sy * p - py + i, sx * q - px + j
                    inside = 0 <= y < height and 0 <= x < width
                    places.append(y * width + x if inside else -1)
    return places


def chosen(x, shape, index):
    """Entries of the middle axis by their numbers; one past the last is 0."""
    return F.pad(x.view(shape), (0, 0, 0, 1)).index_select(1, index)


def unfold(op, device):
    size = size_of(op["window"]["picture"])
    index = torch.tensor([size if p < 0 else p for p in places_under(op["window"])], device=device)
    shape = (op["rows"], size, op["channels"])

    def run(at):
        at[op["out"]] = chosen(at[op["input"]], shape, index).reshape(-1)

    return run


def fold(op, device):
    size, places = size_of(op["window"]["picture"]), places_under(op["window"])
    taps = [[] for _ in range(size)]
    for tap, place in enumerate(places):
        if place >= 0:
            taps[place].append(tap)
    most = max(len(own) for own in taps)
    index = torch.tensor([t for own in taps for t in own + [len(places)] * (most - len(own))], device=device)
    shape = (op["rows"], len(places), op["channels"])

    def run(at):
        found = chosen(at[op["input"]], shape, index)
        at[op["out"]] = found.view(op["rows"], size, most, op["channels"]).sum(2).reshape(-1)

    return run


def triangular(op, device):
    size = op["size"]
    # These matrices can be nearly singular, so that they are factored in float64, which Apple's GPUs do not have.
    home = torch.device("cpu") if device.type == "mps" else device
    identity = torch.eye(size, dtype=torch.float64, device=home)

    def whitener(x):
        factor, info = torch.linalg.cholesky_ex(x.to(home).double())
        inverse = torch.linalg.solve_triangular(factor, identity, upper=False).float()
        return torch.where(info == 0, inverse, torch.full_like(inverse, float("nan"))).to(device)

    def lower(x):
        return torch.tril(x) - 0.5 * torch.diag(torch.diagonal(x))

    f = {"whitener": whitener, "lower": lower}[op["f"]]

    def run(at):
        at[op["out"]] = f(at[op["input"]].view(size, size)).reshape(-1)

    return run


def fused_adam(beta1, beta2, epsilon):
    """PyTorch's Adam in one pass over memory. Parameter and moments are updated in place."""

    def update(parameter, m, v, gradient, step, rate):
        # It counts a step itself before it uses the count.
        lists = [parameter], [gradient], [m], [v], [], [step - 1]
        settings = {"beta1": beta1, "beta2": beta2, "lr": rate, "weight_decay": 0.0, "eps": epsilon}
        torch_adam(*lists, fused=True, amsgrad=False, maximize=False, **settings)

    return update


def plain_adam(beta1, beta2, epsilon):
    """The same as `fused_adam`, for versions of PyTorch and devices that lack it."""

    def update(parameter, m, v, gradient, step, rate):
        m.lerp_(gradient, 1 - beta1)
        v.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        scale = torch.sqrt(v).div_(torch.sqrt(1 - beta2**step)).add_(epsilon)
        parameter.sub_((m * (rate / (1 - beta1**step))).div_(scale))

    return update


@functools.lru_cache
def adam_on(device):
    try:
        numbers = [torch.ones(2, device=device) for _ in range(4)]
        fused_adam(0.9, 0.999, 1e-8)(*numbers, *(torch.tensor(value, device=device) for value in (1.0, 0.1)))
        return fused_adam
    except (RuntimeError, TypeError, AttributeError, NotImplementedError):
        return plain_adam


def adam(op, device):
    update = adam_on(device)(op["beta1"], op["beta2"], op["epsilon"])
    names = ("parameter", "m", "v", "gradient", "step", "rate")

    def run(at):
        update(*(at[op[name]] for name in names))

    return run


def foreign(op, _, own):
    def run(at):
        at[op["out"]] = own.module(op).forward(op, at[op["input"]], own.training, op["out"] in own.kept)

    return run


def foreign_gradient(op, _, own):
    names = [own.names[i] for i in op["trained"]]

    def run(at):
        at[op["out"]] = own.module(op).gradient(op, names, at[op["gradient"]])

    return run


BUILDERS = {
    "matmul": matmul,
    "map": map_,
    "reduce": reduce,
    "gather": gather,
    "scatterAdd": scatter_add,
    "copy": copy,
    "unfold": unfold,
    "fold": fold,
    "triangular": triangular,
    "adam": adam,
}
OWN_BUILDERS = {"foreign": foreign, "foreignGradient": foreign_gradient}


# --- Programs and sessions ---


class Own:
    """What operations of one program know of the person's own modules, which are those of the session."""

    def __init__(self, program, at, modules, folders, device):
        operations, buffers = program["operations"], {spec["id"]: spec for spec in program["buffers"]}
        self.modules, self.names = modules, {}
        self.some = any(op["kind"] == "foreign" for op in operations)
        self.training = any(op["kind"] == "adam" for op in operations)
        self.kept = {op["of"] for op in operations if op["kind"] == "foreignGradient"}
        for op in operations:
            if op["kind"] != "foreign":
                continue
            for i in op["parameters"]:
                self.names[i] = buffers[i]["name"][len(op["network"]) + 1 :]
            if op["network"] not in modules:
                tensors = {self.names[i]: at[i].view(buffers[i]["shape"]) for i in op["parameters"]}
                asked = {**op, "dtype": buffers[op["input"]]["dtype"]}
                modules[op["network"]] = own_modules.OwnModule(asked, tensors, folders, device)

    def module(self, op):
        return self.modules[op["network"]]


class Program:
    """One list of operations and its buffers. Parameters and states are those of the session, by name."""

    def __init__(self, program, common, modules, folders, device):
        self.device = device
        self.at, self.roles = {}, {}
        for spec in program["buffers"]:
            shared = spec["role"] in ("parameter", "state")
            if shared and spec["name"] in common:
                tensor = common[spec["name"]]
            else:
                value, dtype = spec.get("value", 0), DTYPES[spec["dtype"]]
                tensor = torch.full((size_of(spec["shape"]),), value, dtype=dtype, device=device)
            if shared:
                common[spec["name"]] = tensor
            self.at[spec["id"]], self.roles[spec["id"]] = tensor, spec["role"]
        own = Own(program, self.at, modules, folders, device)
        self.operations = [
            OWN_BUILDERS[op["kind"]](op, device, own) if op["kind"] in OWN_BUILDERS else BUILDERS[op["kind"]](op, device)
            for op in program["operations"]
        ]
        self.outputs = [i for i, role in self.roles.items() if role == "output" and self.at[i].numel() <= SMALL]
        # A graph would repeat for ever what a module of the person's own decided once, in Python.
        self.runs, self.graph, self.capturable = 0, None, device.type == "cuda" and not own.some

    def write(self, buffer, values):
        self.at[buffer].copy_(torch.frombuffer(bytearray(values), dtype=self.at[buffer].dtype))

    def step(self):
        for operation in self.operations:
            operation(self.at)

    def run(self):
        if self.graph is None and self.capturable and self.runs == WARM_UP:
            self.capture()
        if self.graph is None:
            self.step()
        else:
            self.graph.replay()
        self.runs += 1

    def capture(self):
        """Records a step, which carries nothing out. One that cannot be recorded goes on as it was."""
        graph, before = torch.cuda.CUDAGraph(), dict(self.at)
        try:
            torch.cuda.synchronize()
            with torch.cuda.graph(graph):
                self.step()
            self.graph = graph
        except RuntimeError:
            self.at, self.capturable = before, False

    def read(self, buffers):
        return [self.at[buffer].detach().cpu().contiguous() for buffer in buffers]


def best_device(wanted):
    if wanted != "auto":
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    mps = getattr(torch.backends, "mps", None)
    return torch.device("mps" if mps is not None and mps.is_available() else "cpu")


def described(device):
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type.upper()
    return f"PyTorch {torch.__version__} on {name}"


class Server:
    def __init__(self):
        self.sessions, self.own = {}, {}
        self.device, self.packages = None, []

    def hello(self, request, _):
        if request["threads"] > 0:
            torch.set_num_threads(request["threads"])
        self.device, self.packages = best_device(request["device"]), request["packages"]
        return {"description": described(self.device)}, []

    def open(self, request, _):
        common, modules = {}, {}
        self.sessions[request["session"]] = {
            name: Program(program, common, modules, self.packages, self.device)
            for name, program in request["programs"].items()
        }
        self.own[request["session"]] = modules
        return {}, []

    def describe(self, request, _):
        own_modules.forget(self.packages)
        return {"modules": [own_modules.described(m, self.packages, self.device) for m in request["modules"]]}, []

    def build(self, request, _):
        own_modules.forget(self.packages)
        for module in self.own[request["session"]].values():
            module.build(request["seed"])

    def write(self, request, payload):
        self.program(request).write(request["buffer"], payload)

    def run(self, request, _):
        program = self.program(request)
        program.run()
        return {"buffers": program.outputs}, program.read(program.outputs)

    def read(self, request, _):
        return {}, self.program(request).read([request["buffer"]])

    def dispose(self, request, _):
        self.sessions.pop(request["session"], None)
        self.own.pop(request["session"], None)

    def program(self, request):
        return self.sessions[request["session"]][request["program"]]


def exactly(stream, count):
    data = stream.read(count)
    if len(data) < count:
        sys.exit(0)
    return data


def main():
    # What a library prints, or reads, must not stand among the frames.
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    server, fault = Server(), None
    while True:
        (length,) = struct.unpack("<I", exactly(incoming, 4))
        request = json.loads(exactly(incoming, length))
        payload = exactly(incoming, request.get("bytes", 0))
        answered = request["op"] not in SILENT
        try:
            if fault is not None:
                raise fault
            with torch.no_grad():
                answer = getattr(server, request["op"])(request, payload)
        except Exception as error:
            # The next answer reports the failure of a request that has none of its own.
            fault = None if answered else error
            text = str(error) if isinstance(error, own_modules.Fault) else f"{type(error).__name__}: {error}"
            answer = ({"error": text}, [])
        if not answered:
            continue
        header, tensors = answer
        parts = [tensor.numpy().tobytes() for tensor in tensors]
        text = json.dumps({**header, "bytes": sum(map(len, parts))}).encode()
        outgoing.write(struct.pack("<I", len(text)) + text + b"".join(parts))
        outgoing.flush()


if __name__ == "__main__":
    main()
