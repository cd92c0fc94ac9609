"""Training steps of an exported loss, driven by losses.ts over standard input and output.

Each line in is a request, each line out its answer, both JSON:
  {"open": {"folder": path, "how": "eager", "compiled" or "onnx"}}   the first case of a request; answers its first loss
  {"steps": n}   time of n training steps, each with the same batch and draws: {"wall", "processor"}, in milliseconds
  {}             what it is, in words

`onnx` is ONNX Runtime's own training: it takes the loss as an ONNX graph and makes the backward pass and AdamW for it. It
needs onnx, onnxscript and onnxruntime-training.
"""

import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "numbers"))
import check_export  # noqa: E402

RATE = 1e-3
# The newest form of a graph that onnxruntime-training reads.
OPSET, IR_VERSION = 18, 10


class Eager:
    """Adam as PyTorch has it by default."""

    fused = None

    def __init__(self, module, streams, draws):
        self.module, self.streams, self.draws = module, streams, draws
        self.optimizer = torch.optim.Adam(module.parameters(), lr=RATE, fused=self.fused)

    def step(self):
        loss, _ = self.module(self.streams, None, **self.draws)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss.item()


class Compiled(Eager):
    """Forward and backward by torch.compile, and Adam in one pass."""

    fused = True

    def __init__(self, module, streams, draws):
        super().__init__(module, streams, draws)
        self.module = torch.compile(module)


class Loss(torch.nn.Module):
    """An exported module as a function of tensors alone."""

    def __init__(self, module, names):
        super().__init__()
        self.module, self.names = module, names

    def forward(self, *tensors):
        given = {}
        for (group, name), tensor in zip(self.names, tensors):
            given.setdefault(group, {})[name] = tensor
        return self.module(given.pop("streams"), None, **given)[0]


class Onnx:
    def __init__(self, module, streams, draws):
        import onnx
        import onnxruntime
        from onnxruntime.training import api, artifacts

        groups = {"streams": streams, **draws}
        names = [(group, name) for group, tensors in groups.items() for name in tensors]
        inputs = tuple(groups[group][name] for group, name in names)
        with tempfile.TemporaryDirectory() as folder:
            graph = str(Path(folder, "loss.onnx"))
            torch.onnx.export(
                Loss(module, names).eval(), inputs, graph, dynamo=True, external_data=False, opset_version=OPSET, verbose=False,
                input_names=[f"{group}_{name}" for group, name in names], output_names=["loss"],
            )
            model = onnx.load(graph)
            model.ir_version = IR_VERSION
            trained = {f"module.{name}" for name, _ in module.named_parameters()}
            found = [tensor.name for tensor in model.graph.initializer if tensor.name in trained]
            if len(found) != len(trained):
                raise RuntimeError(f"{sorted(trained - set(found))} are not weights of the graph")
            artifacts.generate_artifacts(
                model, requires_grad=found, optimizer=artifacts.OptimType.AdamW, artifact_directory=folder
            )
            for path in Path(folder).glob("*_model.onnx"):
                made = onnx.load(path)
                made.ir_version = IR_VERSION
                onnx.save(made, path)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = torch.get_num_threads()
            state = api.CheckpointState.load_checkpoint(str(Path(folder, "checkpoint")))
            training, evaluation = (str(Path(folder, f"{kind}_model.onnx")) for kind in ("training", "eval"))
            self.module = api.Module(training, state, evaluation, "cpu", options)
            self.optimizer = api.Optimizer(str(Path(folder, "optimizer_model.onnx")), self.module)
        self.optimizer.set_learning_rate(RATE)
        self.module.train()
        self.inputs = [tensor.numpy() for tensor in inputs]

    def step(self):
        loss = self.module(*self.inputs)
        self.optimizer.step()
        self.module.lazy_reset_grad()
        return float(loss)


HOW = {"eager": Eager, "compiled": Compiled, "onnx": Onnx}


def opened(folder, how):
    case = json.loads(Path(folder, "request.json").read_text())["cases"][0]
    case = check_export.read(folder, case)
    module = check_export.load(check_export.module_of(case["source"], "whole"), case["parameters"])
    return HOW[how](module, case["streams"], check_export.drawn(module.forward, case))


def timed(bench, count):
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(count):
        bench.step()
    return {"wall": 1000 * (time.perf_counter() - wall), "processor": 1000 * (time.process_time() - processor)}


def main():
    bench, answers = None, sys.stdout
    for line in sys.stdin:
        request = json.loads(line)
        # What a library prints is no answer.
        with contextlib.redirect_stdout(sys.stderr):
            try:
                if "open" in request:
                    bench = opened(**request["open"])
                    answer = bench.step()
                elif "steps" in request:
                    answer = timed(bench, request["steps"])
                else:
                    answer = torch.__version__
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}".splitlines()[0]}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
