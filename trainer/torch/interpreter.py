"""Carries out compiled programs with PyTorch, for a trainer that speaks to it over standard input and output.

A program is the flat list of operations that `core/program/program.ts` describes: each operation reads buffers and gives
one a new value. Here a buffer is a flat, contiguous tensor that stays where it is, so that each operation looks at its
buffers once, when it is built, and a step only calls PyTorch. On a CUDA device a program is captured as a graph after a
few runs, so that a step costs one launch.

Messages both ways are frames: the length of a header in four bytes, little endian, the header as JSON, and then as many
bytes as its `bytes` says. Every request but those of SILENT is answered, in order; a failure by {"error": ...}. Inputs may
lie in a file that the trainer writes and that is mapped here: nothing is sent of them.
"""

import functools
import importlib.util
import json
import mmap
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

# Functions that write what they give into `out`.
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
    "relu": lambda x, out: torch.clamp_min(x, 0, out=out),
    "softplus": torch._C._nn.softplus,
    "step": lambda x, out: torch.gt(x, 0, out=out),
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


def is_small(spec):
    return spec["role"] == "output" and size_of(spec["shape"]) <= SMALL


# --- Operations: each builder looks at one and its buffers once, and gives a function that carries it out ---


def matmul(op, program):
    at, m, n, k = program.at, op["m"], op["n"], op["k"]
    left = at[op["a"]].view(k, m).t() if op["transposeA"] else at[op["a"]].view(m, k)
    right = at[op["b"]].view(n, k).t() if op["transposeB"] else at[op["b"]].view(k, n)
    out, activate = at[op["out"]].view(m, n), UNARY.get(op["activation"])
    product = functools.partial(torch.addmm, at[op["bias"]]) if "bias" in op else torch.mm

    def run():
        product(left, right, out=out)
        if activate is not None:
            activate(out, out=out)

    return run


def map_(op, program):
    at, shape = program.at, tuple(op["shape"])
    out, result = at[op["out"]].view(shape), op["result"]
    register, calls = [None] * op["registers"], []
    for i, operand in enumerate(op["inputs"]):
        # Along an axis that it does not have, it has one place: what is made of such operands alone is made once.
        own = tuple(length if stride else 1 for length, stride in zip(shape, operand["strides"]))
        register[i] = torch.as_strided(at[operand["buffer"]], own, operand["strides"])
    for instruction in op["body"]:
        to, f = instruction["out"], instruction["f"]
        if f == "constant":
            register[to] = torch.tensor(instruction["value"], device=program.device)
            continue
        operands = [register[instruction[name]] for name in "ab" if name in instruction]
        own = torch.broadcast_shapes(*(operand.shape for operand in operands))
        if own != shape:
            register[to] = torch.empty(own, device=program.device)
        else:
            register[to] = out if to == result else program.spare(to, shape)
        calls.append(functools.partial((BINARY if "b" in instruction else UNARY)[f], *operands, out=register[to]))
    if register[result] is not out:
        calls.append(functools.partial(out.copy_, register[result]))

    def run():
        for call in calls:
            call()

    return run


def reduce(op, program):
    source = program.at[op["input"]].view(op["outer"], op["length"], op["inner"])
    out = program.at[op["out"]].view(op["outer"], op["inner"])
    return functools.partial(REDUCE[op["f"]], source, 1, out=out)


def gather(op, program):
    source, out = (program.at[op[name]].view(-1, op["width"]) for name in ("source", "out"))
    return functools.partial(torch.index_select, source, 0, program.at[op["index"]], out=out)


def scatter_add(op, program):
    source, out = (program.at[op[name]].view(-1, op["width"]) for name in ("source", "out"))
    index = program.at[op["index"]]
    return lambda: out.zero_().index_add_(0, index, source)


def copy(op, program):
    out = program.at[op["out"]]
    to, source = (
        torch.as_strided(of, op["shape"], op[f"{name}Strides"], of.storage_offset() + op[f"{name}Offset"])
        for name, of in (("out", out), ("input", program.at[op["input"]]))
    )

    def run():
        # Several copies may fill one buffer, each its own places.
        if op["zero"]:
            out.zero_()
        to.copy_(source)

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


def chosen(x, index):
    """Entries of the middle axis by their numbers; one past the last is 0."""
    return F.pad(x, (0, 0, 0, 1)).index_select(1, index)


def unfold(op, program):
    size, rows, channels = size_of(op["window"]["picture"]), op["rows"], op["channels"]
    index = torch.tensor([size if p < 0 else p for p in places_under(op["window"])], device=program.device)
    source, out = program.at[op["input"]].view(rows, size, channels), program.at[op["out"]].view(rows, -1, channels)
    return lambda: out.copy_(chosen(source, index))


def fold(op, program):
    size, rows, channels = size_of(op["window"]["picture"]), op["rows"], op["channels"]
    places = places_under(op["window"])
    taps = [[] for _ in range(size)]
    for tap, place in enumerate(places):
        if place >= 0:
            taps[place].append(tap)
    most = max(len(own) for own in taps)
    padded = [t for own in taps for t in own + [len(places)] * (most - len(own))]
    index = torch.tensor(padded, device=program.device)
    source, out = program.at[op["input"]].view(rows, -1, channels), program.at[op["out"]].view(rows, size, channels)
    return lambda: torch.sum(chosen(source, index).view(rows, size, most, channels), 2, out=out)


def triangular(op, program):
    size, device = op["size"], program.device
    # These matrices can be nearly singular, so that they are factored in float64, which Apple's GPUs do not have.
    home = torch.device("cpu") if device.type == "mps" else device
    identity = torch.eye(size, dtype=torch.float64, device=home)

    def whitener(x):
        factor, info = torch.linalg.cholesky_ex(x.to(home).double())
        inverse = torch.linalg.solve_triangular(factor, identity, upper=False).float()
        return torch.where(info == 0, inverse, torch.full_like(inverse, float("nan")))

    def lower(x):
        return torch.tril(x) - 0.5 * torch.diag(torch.diagonal(x))

    f = {"whitener": whitener, "lower": lower}[op["f"]]
    source, out = (program.at[op[name]].view(size, size) for name in ("input", "out"))
    return lambda: out.copy_(f(source))


def fused_adam(parameters, gradients, ms, vs, step, rate, beta1, beta2, epsilon):
    """PyTorch's Adam in one pass over memory. Parameters and moments are updated in place."""
    counts = torch.empty(len(parameters), device=step.device)
    lists = parameters, gradients, ms, vs, [], list(counts.unbind())
    settings = {"beta1": beta1, "beta2": beta2, "lr": rate, "weight_decay": 0.0, "eps": epsilon}

    def run():
        # It counts a step itself before it uses the count.
        counts.copy_(step).sub_(1)
        torch_adam(*lists, fused=True, amsgrad=False, maximize=False, **settings)

    return run


def plain_adam(parameters, gradients, ms, vs, step, rate, beta1, beta2, epsilon):
    """The same as `fused_adam`, for versions of PyTorch and devices that lack it."""

    def run():
        of_m, of_v = rate / (1 - beta1**step), torch.sqrt(1 - beta2**step)
        for parameter, gradient, m, v in zip(parameters, gradients, ms, vs):
            m.lerp_(gradient, 1 - beta1)
            v.mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
            parameter.sub_((m * of_m).div_(torch.sqrt(v).div_(of_v).add_(epsilon)))

    return run


@functools.lru_cache
def adam_on(device):
    try:
        numbers = [[torch.ones(2, device=device)] for _ in range(4)]
        step, rate = (torch.tensor([value], device=device) for value in (1.0, 0.1))
        fused_adam(*numbers, step, rate, 0.9, 0.999, 1e-8)()
        return fused_adam
    except (RuntimeError, TypeError, AttributeError, NotImplementedError):
        return plain_adam


def updates(operations, program):
    """Every Adam of a program, those of one rate together. They come last: nothing reads a parameter after its own."""
    alike = {}
    for op in operations:
        key = tuple(op[name] for name in ("step", "rate", "beta1", "beta2", "epsilon"))
        alike.setdefault(key, []).append(op)
    at, found = program.at, []
    for (step, rate, *settings), ops in alike.items():
        lists = [[at[op[name]] for op in ops] for name in ("parameter", "gradient", "m", "v")]
        found.append(adam_on(program.device)(*lists, at[step], at[rate], *settings))
    return found


def foreign(op, program):
    own, source, out = program.own, program.at[op["input"]], program.at[op["out"]]
    return lambda: out.copy_(own.module(op).forward(op, source, own.training, op["out"] in own.kept))


def foreign_gradient(op, program):
    own, gradient, out = program.own, program.at[op["gradient"]], program.at[op["out"]]
    names = [own.names[i] for i in op["trained"]]
    return lambda: out.copy_(own.module(op).gradient(op, names, gradient))


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
    "foreign": foreign,
    "foreignGradient": foreign_gradient,
}


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

    def __init__(self, program, common, modules, folders, device, shared):
        """shared: inputs that the trainer writes into memory of both, by the numbers of their buffers."""
        operations = program["operations"]
        self.device, self.spares = device, {}
        small = {spec["id"]: size_of(spec["shape"]) for spec in program["buffers"] if is_small(spec)}
        # Small outputs lie one after another, so that all are read at once.
        self.outputs, self.small = list(small), torch.zeros(sum(small.values()), device=device)
        self.at = dict(zip(small, self.small.split(list(small.values()))))
        for spec in program["buffers"]:
            number, role, size = spec["id"], spec["role"], size_of(spec["shape"])
            if number in small:
                continue
            if role in ("parameter", "state") and spec["name"] in common:
                self.at[number] = common[spec["name"]]
            elif number in shared and device.type == "cpu":
                self.at[number] = shared[number]
            else:
                value, dtype = spec.get("value", 0), DTYPES[spec["dtype"]]
                self.at[number] = torch.full((size,), value, dtype=dtype, device=device)
            if role in ("parameter", "state"):
                common[spec["name"]] = self.at[number]
        self.fed = [] if device.type == "cpu" else [(self.at[number], tensor) for number, tensor in shared.items()]
        self.own = Own(program, self.at, modules, folders, device)
        self.operations = [BUILDERS[op["kind"]](op, self) for op in operations if op["kind"] != "adam"]
        self.operations += updates([op for op in operations if op["kind"] == "adam"], self)
        # A graph would repeat for ever what a module of the person's own decided once, in Python.
        self.runs, self.graph, self.capturable = 0, None, device.type == "cuda" and not self.own.some

    def spare(self, register, shape):
        """Memory for a register of maps that is not a result."""
        key = (register, size_of(shape))
        if key not in self.spares:
            self.spares[key] = torch.empty(key[1], device=self.device)
        return self.spares[key].view(shape)

    def write(self, buffer, values):
        self.at[buffer].copy_(torch.frombuffer(bytearray(values), dtype=self.at[buffer].dtype))

    def step(self):
        for operation in self.operations:
            operation()

    def run(self):
        for buffer, given in self.fed:
            buffer.copy_(given)
        if self.graph is None and self.capturable and self.runs == WARM_UP:
            self.capture()
        if self.graph is None:
            self.step()
        else:
            self.graph.replay()
        self.runs += 1

    def capture(self):
        """Records a step, which carries nothing out. One that cannot be recorded goes on as it was."""
        graph = torch.cuda.CUDAGraph()
        try:
            torch.cuda.synchronize()
            with torch.cuda.graph(graph):
                self.step()
            self.graph = graph
        except RuntimeError:
            self.capturable = False


def mapped(path):
    """A file as memory that follows what is written to it."""
    if path is None:
        return None
    with open(path, "r+b") as file:
        return mmap.mmap(file.fileno(), 0)


def inputs_in(file, program):
    """The inputs of a program that lie in the file, by their buffers' numbers: `byte` of a buffer is where."""
    return {
        spec["id"]: torch.frombuffer(file, dtype=DTYPES[spec["dtype"]], count=size_of(spec["shape"]), offset=spec["byte"])
        for spec in program["buffers"]
        if file is not None and "byte" in spec
    }


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
        return {"description": described(self.device)}, None

    def open(self, request, _):
        common, modules, file = {}, {}, mapped(request.get("file"))
        self.sessions[request["session"]] = {
            name: Program(program, common, modules, self.packages, self.device, inputs_in(file, program))
            for name, program in request["programs"].items()
        }
        self.own[request["session"]] = modules
        return {}, None

    def describe(self, request, _):
        own_modules.forget(self.packages)
        return {"modules": [own_modules.described(m, self.packages, self.device) for m in request["modules"]]}, None

    def build(self, request, _):
        own_modules.forget(self.packages)
        for module in self.own[request["session"]].values():
            module.build(request["seed"])

    def write(self, request, payload):
        self.program(request).write(request["buffer"], payload)

    def run(self, request, _):
        program = self.program(request)
        program.run()
        return {"buffers": program.outputs}, program.small

    def read(self, request, _):
        return {}, self.program(request).at[request["buffer"]]

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
            answer = ({"error": text}, None)
        if not answered:
            continue
        header, tensor = answer
        numbers = b"" if tensor is None else tensor.detach().cpu().numpy().tobytes()
        text = json.dumps({**header, "bytes": len(numbers)}).encode()
        outgoing.write(struct.pack("<I", len(text)) + text + numbers)
        outgoing.flush()


if __name__ == "__main__":
    main()
