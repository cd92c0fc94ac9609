"""Intervals of shares, and probabilities of what may be luck.

Part of a project that Bottleneck wrote: yours to change.
"""

import math

# Two-sided 95 %, in standard deviations.
Z95 = 1.959964


def wilson(successes, count):
    """The 95 % interval of a share (Wilson 1927)."""
    share = successes / count
    scale = 1 / (1 + Z95 * Z95 / count)
    middle = scale * (share + Z95 * Z95 / (2 * count))
    half = scale * Z95 * math.sqrt(share * (1 - share) / count + (Z95 / count) ** 2 / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(successes, others, count):
    """The 95 % interval of the difference of two shares of the same rows (Newcombe 1998, method 10 without correlation)."""
    a, b = successes / count, others / count
    (low_a, high_a), (low_b, high_b) = wilson(successes, count), wilson(others, count)
    return a - b - math.hypot(a - low_a, high_b - b), a - b + math.hypot(high_a - a, b - low_b)


def normal_tail(z):
    """The share of a standard normal above z."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def sign_test(more, fewer):
    """The probability of at least `more` heads in `more + fewer` tosses of a fair coin."""
    tosses = more + fewer
    chance, ways = 0.0, 0.5**tosses
    for heads in range(tosses, more - 1, -1):
        chance += ways
        ways *= heads / (tosses - heads + 1)
    return chance


def holm(chances):
    """Probabilities corrected for their number (Holm 1979)."""
    corrected, most = [0.0] * len(chances), 0.0
    for rank, i in enumerate(sorted(range(len(chances)), key=lambda i: chances[i])):
        most = max(most, min(1.0, chances[i] * (len(chances) - rank)))
        corrected[i] = most
    return corrected
