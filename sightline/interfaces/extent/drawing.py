"""Draw the two pictures of an estimate: what all models say, and how the lists overlap.

One drawing of plain shapes serves the page, whose template writes them, and a file of its own: it has classes for the
page's style sheet, and attributes that hold without it. No style attribute and no script; colour carries nothing, for
shapes and words do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10, sqrt
from typing import Any

from sightline.interfaces.extent.tables import LIST_LETTERS, Cell, Reader, in_words, ordered

WIDTH = 640.0
LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 84.0, 24.0, 40.0, 52.0, 340.0
MOST_ROWS = 15
ROW, HEAD, DOT = 36.0, 40.0, 9.0
BAR_LEFT_GAP, BAR_RIGHT = 24.0, 130.0
INK, BRAND, GRID = "#0b0c0c", "#0f4c5c", "#cecece"
FACTORS = (1, 2, 5)
HELD_BACK = "1 to 4"
FARTHEST = 3.0
"""A model that says more than so many times the upper end is not drawn, and said to be left out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold one shape: its tag, its attributes in their order, and its words where it is a text."""

    tag: str
    attributes: tuple[tuple[str, object], ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Hold the shapes of one picture, from the back to the front."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def written(drawing: Drawing, title: str) -> str:
    """Write a drawing as a file of its own."""
    shapes = "\n".join(
        f"<{one.tag} " + " ".join(f'{name}="{escape(str(value))}"' for name, value in one.attributes)
        + (f">{escape(one.words)}</{one.tag}>" if one.words else "/>") for one in drawing.shapes)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width:g} {drawing.height:g}" role="img" '
            f'font-family="Arial, sans-serif" font-size="15">\n<title>{escape(title)}</title>\n'
            f'<rect width="100%" height="100%" fill="#fff"/>\n{shapes}\n</svg>\n')


def models_drawing(record: Mapping[str, Any]) -> Drawing:
    """Draw every model as a mark: across the number that it says, up its weight, by shape what it supposes.

    The range and the known children are marked. Needs a record with a range.
    """
    points, (low, high) = record["diagnostics"]["all_models"], record["range"]
    drawn, _ = shown_points(record)
    least, most = min([record["observed"], low, *(one[0] for one in drawn)]), max(high, *(one[0] for one in drawn))
    heaviest = _round_up(max(one[1] for one in points))
    left, right, bottom = log10(max(least * 0.9, 1.0)), log10(most * 1.1), HEIGHT - BOTTOM

    def across(number: float) -> float:
        part = (log10(max(number, 1.0)) - left) / (right - left)
        return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)

    def up(weight: float) -> float:
        return round(bottom - weight / heaviest * (bottom - TOP), 1)

    parts = [_rect(across(low), TOP - 18, across(high) - across(low), bottom - TOP + 18, "sightline-extent__range",
                   fill="#dbe7f3")]
    for share in (0.0, 0.5, 1.0):
        place = up(share * heaviest)
        parts += [_path(f"M{LEFT} {place}H{WIDTH - RIGHT}", "sightline-chart__grid", stroke=GRID),
                  _text(LEFT - 8, place + 5, f"{share * heaviest * 100:g}", "end")]
    parts += [_path(f"M{across(record['observed'])} {TOP - 18}V{bottom}", "sightline-extent__known",
                    stroke=INK, stroke_width=2, stroke_dasharray="7 5")]
    for mark in _marks(10**left, 10**right):
        parts += [_path(f"M{across(mark)} {bottom}v6", "sightline-extent__tick", stroke=INK),
                  _text(across(mark), bottom + 28, f"{mark:,}", "middle")]
    parts += [_mark(picture, across(estimate), up(weight)) for estimate, weight, picture in reversed(drawn)]
    return Drawing(WIDTH, HEIGHT, tuple(parts))


def shown_points(record: Mapping[str, Any]) -> tuple[list[Sequence[Any]], int]:
    """Give the models that are drawn, and how many lie too far to the right."""
    points = record["diagnostics"]["all_models"]
    limit = FARTHEST * record["range"][1]
    drawn = [one for one in points if one[0] <= limit]
    return drawn, len(points) - len(drawn)


def overlaps_drawing(lists: Sequence[str], histories: Mapping[int, int], reader: Reader) -> Drawing:
    """Draw for the combinations of most children which lists they are, as dots, and how many children, as a bar."""
    found = [(history, reader.children(number)) for history, number in ordered(histories)[:MOST_ROWS]]
    most = max([number for _, number in found if isinstance(number, int)], default=1) or 1
    column = min(44.0, 300.0 / max(len(lists), 1))
    dots = [20.0 + column * place + column / 2 for place in range(len(lists))]
    start = 20.0 + column * len(lists) + BAR_LEFT_GAP
    parts = [_text(x, 26, LIST_LETTERS[place], "middle", 700) for place, x in enumerate(dots)]
    for row, (history, number) in enumerate(found):
        middle = HEAD + ROW * row + ROW / 2
        on = [x for place, x in enumerate(dots) if history >> place & 1]
        length = number * (WIDTH - start - BAR_RIGHT) / most if isinstance(number, int) else 0.0
        parts += [*_dots(dots, on, middle), *_bar(number, start, length, middle)]
    return Drawing(WIDTH, HEAD + ROW * len(found) + 8, tuple(parts))


def letters(lists: Sequence[str]) -> list[tuple[str, str]]:
    """Give the letter under which each list is drawn."""
    return list(zip(LIST_LETTERS, lists, strict=False))


def mark(picture: str) -> Drawing:
    """Draw one mark alone, for a legend."""
    return Drawing(60, 24, (_mark(picture, 30, 12),))


def _dots(dots: Sequence[float], on: Sequence[float], middle: float) -> list[Shape]:
    parts = [_circle(x, middle, DOT, "sightline-extent__off", fill="#e3e5e6") for x in dots if x not in on]
    if len(on) > 1:
        parts.append(_path(f"M{on[0]} {middle}H{on[-1]}", "sightline-extent__tie", stroke=INK, stroke_width=4))
    return parts + [_circle(x, middle, DOT, "sightline-extent__on", fill=INK) for x in on]


def _bar(number: Cell, start: float, length: float, middle: float) -> list[Shape]:
    """Draw how many children, or an empty box where the number is held back."""
    if isinstance(number, int):
        return [_rect(start, middle - 10, length, 20, "sightline-chart__bar", fill=BRAND),
                _text(start + length + 8, middle + 6, in_words(number), "start")]
    return [_rect(start, middle - 9, 12, 18, "sightline-chart__none", fill="none", stroke="#484949",
                  stroke_dasharray="4 3"), _text(start + 20, middle + 6, HELD_BACK, "start")]


def _mark(picture: str, x: float, y: float) -> Shape:
    """Draw a model: a circle for pairs, a square for unequal visibility, a triangle for two kinds of children."""
    if picture == "pairs":
        return _circle(x, y, 5, "sightline-extent__pairs", fill=BRAND, fill_opacity=0.55)
    if picture == "visibility":
        return _rect(x - 5, y - 5, 10, 10, "sightline-extent__visibility", fill="#fff", fill_opacity=0.6, stroke=INK,
                     stroke_width=1.5)
    way = f"M{x} {round(y - 7, 1)}L{round(x + 7, 1)} {round(y + 6, 1)}H{round(x - 7, 1)}Z"
    return Shape("path", (("class", "sightline-extent__kinds"), ("fill", INK), ("fill-opacity", 0.7), ("d", way)))


def _round_up(share: float) -> float:
    """Give the next round share: 0.1, 0.2, 0.4, 0.6, 0.8, 1, and so on downwards."""
    ten = 10.0 ** floor(log10(share))
    return next(ten * times for times in (1, 2, 4, 6, 8, 10) if ten * times >= share * 0.999)


def _marks(least: float, most: float) -> list[int]:
    """Choose at most five round numbers between two."""
    found = [factor * 10**power for power in range(ceil(log10(most)) + 1) for factor in FACTORS]
    within = [one for one in found if least <= one <= most]
    if len(within) < 2:
        chosen = (least * 1.02, sqrt(least * most), most * 0.98)
        return sorted({round(int(one), 2 - len(str(int(one)))) for one in chosen})
    return within[::ceil(len(within) / 5)]


def _text(x: float, y: float, words: str, anchor: str, weight: int = 400) -> Shape:
    return Shape("text", (("class", "sightline-chart__axis"), ("x", round(x, 1)), ("y", round(y, 1)),
                          ("text-anchor", anchor), ("font-weight", weight)), words)


def _rect(x: float, y: float, width: float, height: float, name: str, **look: object) -> Shape:
    return Shape("rect", (("class", name), *_look(look), ("x", round(x, 1)), ("y", round(y, 1)),
                          ("width", round(width, 1)), ("height", round(height, 1))))


def _circle(x: float, y: float, radius: float, name: str, **look: object) -> Shape:
    return Shape("circle", (("class", name), *_look(look), ("cx", round(x, 1)), ("cy", round(y, 1)), ("r", radius)))


def _path(way: str, name: str, **look: object) -> Shape:
    return Shape("path", (("class", name), ("fill", "none"), *_look(look), ("d", way)))


def _look(look: Mapping[str, object]) -> list[tuple[str, object]]:
    return [(name.replace("_", "-"), value) for name, value in look.items()]
