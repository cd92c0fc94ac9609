"""A column of the data.

Part of a project that Bottleneck wrote: yours to change.
"""


class Field:
    """Values [rows, ...] as uint8, int64 or float32, and the words that they number, if any."""

    def __init__(self, values, words=None):
        self.values, self.words = values, words
