"""Say in words how strongly each comparison speaks, and draw how the weights add up.

A bit doubles the odds that two records are one child; a bit against halves them. The picture is drawn on the server: a
full bar speaks for one child, an empty one against, and the same stands beside it in words and figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.domain.linkage.weighing import Part

WIDTH = 640.0
LITTLE, SOME, MUCH = 0.5, 3.0, 8.0
"""From so many bits something speaks a little, speaks, or speaks strongly: odds of about 1.4, 8 and 250 to one. Our own
choice of words; nothing is decided by them."""


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step of the picture: a bar from `x` on, `width` long, of WIDTH, and the line of nought at `nought`."""

    title: str
    words: str
    speaks: str
    bits: float
    x: float
    width: float
    nought: float
    total: bool = False

    @property
    def figure(self) -> str:
        """Give the bits as they are shown."""
        return bits_in_figures(self.bits)


def speaks(bits: float) -> str:
    """Say how strongly so many bits speak, and for what."""
    strength = abs(bits)
    if strength < LITTLE:
        return "says nothing either way"
    side = "for one child" if bits > 0 else "against one child"
    if strength < SOME:
        return f"speaks a little {side}"
    return f"speaks {side}" if strength < MUCH else f"speaks strongly {side}"


def bits_in_figures(bits: float) -> str:
    """Write bits with their sign and one place."""
    rounded = round(bits, 1)
    return "0.0" if rounded == 0 else f"{rounded:+.1f}".replace("-", "−")


def odds(bits: float) -> str:
    """Say the odds that so many bits stand for, in round numbers."""
    if abs(bits) < LITTLE:
        return "as likely as not"
    times = _rounded(2 ** min(abs(bits), 40))
    side = "one child" if bits > 0 else "two children"
    return f"about {times:,} to 1 that they are {side}"


def _rounded(number: float) -> int:
    """Round to one significant figure from ten on, so that nobody takes it for exact."""
    whole = round(number, 1) if number < 2 else round(number)
    size = 10 ** (len(str(int(whole))) - 1)
    return max(2, int(whole if number < 10 else round(number / size) * size))


def waterfall(parts: Sequence[Part], *, total: float) -> tuple[Step, ...]:
    """Draw how the weights add up from nought to the total, one step a comparison, the total last."""
    reached, spans = 0.0, []
    for one in parts:
        spans.append((reached, reached + one.bits))
        reached += one.bits
    ends = [0.0, total, *(end for span in spans for end in span)]
    low, high = min(ends), max(ends)
    scale = (WIDTH - 2) / ((high - low) or 1.0)

    def place(bits: float) -> float:
        return round(1 + (bits - low) * scale, 1)

    nought = place(0.0)
    steps = [Step(one.title, one.words,
                  speaks(one.bits), one.bits, place(min(span)), max(round(abs(one.bits) * scale, 1), 1.0), nought)
             for one, span in zip(parts, spans, strict=True)]
    whole = Step("Taken together", odds(total), speaks(total), total, place(min(0.0, total)),
                 max(round(abs(total) * scale, 1), 1.0), nought, total=True)
    return (*steps, whole)
