"""Several processes, one loss.

Terms that compare rows, such as contrastive ones and those that estimate a covariance, need the rows of all processes.
`all_rows` hands them over with their gradients, so that two processes of 64 rows have the loss and the gradient of one
process of 128.

Part of a project that Bottleneck wrote: yours to change.
"""

import os
import time
from contextlib import contextmanager

import torch
from torch import distributed

_alone = False


def start(device):
    """Joins the processes that torchrun has started. Returns whether there are several."""
    if int(os.environ.get("WORLD_SIZE", "1")) < 2:
        return False
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return True


def stop():
    """Leaves the other processes, when all are here. What wraps the model for them must be gone: it holds on to the group."""
    if distributed.is_available() and distributed.is_initialized():
        distributed.barrier()
        # Gloo's threads let go of the last tensors by Python's lock; ending the group while they wait for it never ends.
        time.sleep(1)
        distributed.destroy_process_group()


def size():
    """Processes that share a batch: 1 within `alone`."""
    several = distributed.is_available() and distributed.is_initialized() and not _alone
    return distributed.get_world_size() if several else 1


def rank():
    return distributed.get_rank() if size() > 1 else 0


def local_rank():
    """The number of this process on its machine: which of its GPUs it uses."""
    return int(os.environ.get("LOCAL_RANK", "0"))


def wait():
    """Until all processes are here."""
    if size() > 1:
        distributed.barrier()


@contextmanager
def alone():
    """Within it this process has its batch for itself."""
    global _alone
    before, _alone = _alone, True
    try:
        yield
    finally:
        _alone = before


def own(rows):
    """The part of a batch of rows that is this process's."""
    each = len(rows) // size()
    return rows[rank() * each : (rank() + 1) * each]


def mean(values):
    """The mean of each of these numbers over the processes."""
    if size() == 1:
        return values
    total = torch.stack([value.detach() for value in values])
    distributed.all_reduce(total)
    return list(total / size())


def same(value):
    """What the first process has, in every process."""
    if size() == 1:
        return value
    box = [value]
    distributed.broadcast_object_list(box, 0)
    return box[0]


def all_rows(x):
    """The rows of all processes, in their order, with gradients; of a dictionary or tuple, each part of it."""
    if size() == 1 or x is None:
        return x
    if isinstance(x, dict):
        return {name: all_rows(part) for name, part in x.items()}
    if isinstance(x, tuple):
        return tuple(all_rows(part) for part in x)
    return _Gather.apply(x)


class _Gather(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        context.dtype = x.dtype
        x = x.detach().contiguous()
        whole = x.to(torch.uint8) if x.dtype == torch.bool else x
        parts = [torch.empty_like(whole) for _ in range(size())]
        distributed.all_gather(parts, whole)
        return torch.cat(parts).to(x.dtype)

    @staticmethod
    def backward(context, gradient):
        # Every process has the same loss of the gathered rows, and the mean over processes is taken afterwards.
        total = gradient.contiguous()
        distributed.all_reduce(total)
        return own(total)
