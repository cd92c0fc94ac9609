"""A column of the data.

Part of a project that Bottleneck wrote: yours to change.
"""


class Field:
    """Values [rows, ...] as uint8, int64 or float32, and the words that they number, if any.

    many: whether these are texts too many for classes, which only name groups and keys.
    """

    def __init__(self, values, words=None, many=False):
        self.values, self.words, self.many = values, words, many
