"""Every line of the spec of reviews, changes, orders and places."""

import shlex
from datetime import date
from pathlib import Path

import pytest

from sightline.domain.offenders.reviewing import (
    Change,
    NoDate,
    Order,
    OrderDaysRefused,
    binding_conditions,
    followed,
    order_stands,
    place_assessed,
    yearly_review,
)
from sightline.domain.offenders.rules import SCOTLAND_FIRST, SCOTLAND_YEARLY

LINES = [line for line in Path(__file__).with_name("reviewing.txt").read_text("utf-8").splitlines()
         if "->" in line and not line.startswith("#")]


def days(text):
    return [date.fromisoformat(one) for one in (text or "").split(",") if one not in ("", "-")]


def one_day(text):
    return next(iter(days(text)), None)


def stands(one):
    return f"{one.last_day} {one.state} {one.days}" if one else "none"


def arms(_, told):
    return stands(yearly_review(one_day(told["managed"]), days(told.get("reviewed")), on=one_day(told["on"])))


def change(_, told):
    happened = Change(one_day(told["changed"]), "he moved in with a family", one_day(told.get("passed")),
                      one_day(told.get("meeting")), one_day(told.get("reviewed")))
    found = followed(happened, on=one_day(told["on"]))
    if found is None:
        return "none"
    return f"waiting {','.join(found.waiting)} {found.days}" if found.waiting else f"done - {found.days}"


def order(_, told):
    court = Order("sexual harm prevention order", one_day(told["from"]), one_day(told["until"]), ("no devices",),
                  one_day(told.get("discharged")))
    more = {"tell_before_days": int(told["before"])} if "before" in told else {}
    try:
        found = order_stands(court, on=one_day(told["on"]), **more)
    except OrderDaysRefused:
        return "refused"
    binds = binding_conditions([court, court], on=one_day(told["on"])) == ("no devices",)
    assert binds is found.binds
    left = "-" if found.days_left is None else found.days_left
    return f"{found.state} {left} {'binds' if found.binds else 'free'}"


def place(words, told):
    rule = {"first": SCOTLAND_FIRST, "yearly": SCOTLAND_YEARLY}[words[1]]
    found = place_assessed(rule, one_day(told["asked"]), days(told.get("assessed")), on=one_day(told["on"]))
    if isinstance(found, NoDate):
        assert "bank holidays of Scotland" in found.because
        return "refused"
    return stands(found)


ASKED = {"arms": arms, "change": change, "order": order, "place": place}


@pytest.mark.parametrize("line", LINES, ids=[line.partition("->")[0].strip() for line in LINES])
def test_reviews_stand_as_the_spec_says(line):
    asked, _, found = line.partition("->")
    words = shlex.split(asked)
    told = dict(word.split("=") for word in words if "=" in word)
    assert ASKED[words[0]](words, told) == found.strip()


def test_conditions_bind_in_the_order_of_their_orders_and_each_once():
    first, second = date(2024, 1, 1), date(2025, 1, 1)
    orders = [Order("later", second, None, ("no devices", "no parks")),
              Order("ended", first, date(2025, 6, 1), ("no swimming baths",)),
              Order("earlier", first, None, ("no contact with children", "no devices"))]
    assert binding_conditions(orders, on=date(2026, 6, 1)) == ("no contact with children", "no devices", "no parks")


def test_a_change_says_in_words_what_still_waits():
    changed = Change(date(2026, 6, 10), "he moved in with a family", passed_on=date(2026, 6, 10))
    assert followed(changed, on=date(2026, 6, 12)).because == (
        "Significant change on 10 June 2026, he moved in with a family: at once, set a meeting and review the risk.")


def test_a_review_says_in_words_why_it_is_due():
    assert yearly_review(date(2025, 6, 10), [], on=date(2026, 6, 10)).because == (
        "Last reviewed on Tuesday 10 June 2025: within 12 months after that day, so by the end of Wednesday 10 June "
        "2026.")
    found = place_assessed(SCOTLAND_FIRST, date(2026, 8, 28), [], on=date(2026, 8, 31))
    assert found.because == ("Asked for on Friday 28 August 2026: within 7 working days after that day, so by the end "
                             "of Tuesday 8 September 2026.")
