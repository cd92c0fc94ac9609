"""What `train.py` is made of.

Part of a project that Bottleneck wrote: yours to change.
"""
