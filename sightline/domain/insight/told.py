"""Figures in words: as they are inside the partnership, and as they may be told outside it."""

from datetime import timedelta

from sightline.domain.insight.figures import FEWEST_SHOWN, Share, shown

FEW = "1 to 4"
KEPT_BACK = "kept back"
NONE = "none"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def number(count: int, *, outside: bool) -> str:
    """Write a count; outside the partnership one of 1 to 4 as that, and others rounded to five."""
    seen = shown(count, outside=outside)
    return FEW if seen is None else f"{seen:,}"


def percent(share: Share | None, *, outside: bool) -> str:
    """Write a share with its interval, as `17 % (10 to 28 %)`.

    Outside the partnership it is kept back where so few count, or so few do not, that it would point at a child.
    """
    if share is None or share.share is None:
        return NONE
    if outside and any(0 < few < FEWEST_SHOWN for few in (share.hits, share.n - share.hits)):
        return KEPT_BACK
    return f"{share.share * 100:.0f} % ({share.low * 100:.0f} to {share.high * 100:.0f} %)"


def length(time: timedelta | None) -> str:
    """Write how long something took, in the unit that a person would use; `not reached` where so many are not done."""
    if time is None:
        return "not reached"
    for unit, words in ((DAY, "day"), (HOUR, "hour"), (timedelta(minutes=1), "minute")):
        if time >= 2 * unit or (unit == DAY and time == DAY):
            value = f"{time / unit:.0f}" if time >= 10 * unit else f"{time / unit:.1f}".removesuffix(".0")
            return f"{value} {words}{'' if value == '1' else 's'}"
    return "at once" if time < timedelta(minutes=1) else "1 minute"


def rarely(share: float | None) -> str:
    """Write a bare share, as `12 %`; empty where there is none."""
    return "" if share is None else f"{share * 100:.0f} %"
