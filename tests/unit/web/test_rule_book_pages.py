"""The rule book on the web: duties are found by words, code, owner, nation and state; every code leads there."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from sightline.domain.custody.charging import GATE as CHARGE
from sightline.domain.custody.gate import GATE as RELEASE
from sightline.domain.disclosure.gateways import GATEWAYS
from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.rules import NOTES
from sightline.domain.responsibility.rules import RULES as RESPONSIBILITY
from sightline.domain.signs.catalogue import RULES as SIGNS
from sightline.domain.vocabulary.kinds import OBSERVED
from sightline.interfaces.printed import sign_cases
from sightline.interfaces.printed.duty_cases import text
from sightline.interfaces.web.observed.forms import HINTS
from sightline.interfaces.web.rules.cases import FILE, SIGNS_FILE, sign_cases_of
from sightline.interfaces.web.rules.linking import address_of, linked, quoted, rule_link
from sightline.interfaces.web.rules.searching import STATES, state_of, when_words


def shown(address, **asked):
    answer = Client().get(address, asked)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def codes_found(**asked):
    page = shown("/rules/duties/", **asked)
    listed = re.findall(r'<h2[^>]*><a class="govuk-link" href="/rules/duties/([\w-]+)/">', page)
    number = int(re.search(r'role="status">(\d+) dut', page)[1])
    assert number == len(listed), "the number that is told is not the number that is listed"
    return listed


def test_without_a_question_every_row_is_listed_also_what_does_not_start():
    assert codes_found() == [rule.code for rule in RULES]


@pytest.mark.parametrize(("asked", "code"), [
    ({"words": "d-ex-4"}, "D-EX-4"), ({"words": "return interview"}, "D-MIS-5"), ({"words": "SI 2024/208"}, "D-ATT-1"),
    ({"words": "core group"}, "D-CP-1-CORE"), ({"words": "  Virtual   HEAD "}, "D-EX-3"),
])
def test_a_duty_is_found_by_its_code_its_words_and_its_law(asked, code):
    assert code in codes_found(**asked)


def test_every_row_is_found_by_its_own_code_and_title():
    for rule in RULES:
        assert rule.code in codes_found(words=rule.code)
        assert rule.code in codes_found(words=rule.title)


def test_the_choices_hold_together():
    asked = {"part": "police force of the event", "nation": "wales", "state": "now"}
    wanted = [rule.code for rule in RULES if rule.owed_by.value == asked["part"] and Nation.WALES in rule.nations
              and state_of(rule) == "now"]
    assert wanted
    assert codes_found(**asked) == wanted
    assert "D-MIS-5" in codes_found(part="council that looks after the child"), "the one who owes it for such a child"


@pytest.mark.parametrize("state", STATES)
def test_what_starts_waits_or_is_to_come_is_found_as_that(state):
    assert codes_found(state=state) == [rule.code for rule in RULES if state_of(rule) == state]


def test_a_waiting_row_says_for_what_and_a_coming_one_that_its_law_is_not_in_force():
    for rule in {rule.code: rule for rule in RULES}.values():
        page = shown(f"/rules/duties/{rule.code}/")
        assert ("It starts nothing yet. It waits for" in page) == (state_of(rule) == "waiting"), rule.code
        assert ("Coming: the law is not in force yet" in page) == (state_of(rule) == "coming"), rule.code


@pytest.mark.parametrize("asked", [
    {"words": "<script>alert(1)</script>"}, {"words": "x" * 5000}, {"part": "nobody", "nation": "mars", "state": "?"},
    {"words": "\x00"}, {"words": "no such words anywhere"},
])
def test_whatever_is_asked_is_answered(asked):
    answer = Client().get("/rules/duties/", asked)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "found of" in shown("/rules/duties/", **asked) or "words" not in asked


def test_a_choice_that_there_is_not_asks_for_any():
    assert len(codes_found(nation="mars")) == len(RULES)


def test_a_duty_shows_its_clock_law_source_start_end_edition_and_cases():
    page = shown("/rules/duties/D-EX-4/")
    for words in ("2 working days", "Children Act 2004 s.11", "Both sides of the coin",
                  "Excluded or suspended from school",
                  "Decision made", "edition 2026.1", "Nobody has confirmed it by name yet",
                  "A permanent exclusion starts it, whatever the reason", "target=2026-05-20"):
        assert words in page, words


def test_whose_number_a_clock_is_is_said_in_words():
    words = {rule.code: when_words(rule) for rule in RULES}
    assert words["D-EX-1"] == "without delay, by law, which gives no number; our own target is 4 hours"
    assert words["D-EX-4"] == "2 working days, our own target"
    assert words["D-MIS-5"] == "72 hours, by guidance"
    assert words["D-MIS-8"] == "without delay; our own target is 4 hours"
    assert words["D-EX-6"] == "by school day 6, the first of them being day 1, by law"


def test_a_row_of_earlier_law_says_so_and_its_code_leads_to_the_law_of_today():
    assert "D-EX-2" in codes_found(state="earlier")
    assert "every exclusion" in shown("/rules/duties/D-EX-2/")


def test_the_cases_on_the_pages_are_those_that_are_tested():
    assert FILE.read_text("utf-8") == text(), "run: scripts/docs"
    assert set(json.loads(text())) == {rule.code for rule in RULES if rule.starts}


def signs_found(**asked):
    page = shown("/rules/signs/", **asked)
    listed = re.findall(r'<h2[^>]*><a class="govuk-link" href="/rules/signs/(\w+)/">', page)
    assert int(re.search(r'role="status">(\d+) sign', page)[1]) == len(listed)
    return listed


def test_every_sign_is_listed_and_found_by_its_code_and_its_title():
    assert signs_found() == [rule.code for rule in SIGNS]
    for rule in SIGNS:
        assert rule.code in signs_found(words=rule.code)
        assert rule.code in signs_found(words=rule.title)


def test_signs_are_found_by_part_of_life_by_who_sees_them_and_by_how_soon():
    assert signs_found(family="home") == [rule.code for rule in SIGNS if rule.family.value == "home"]
    assert signs_found(by="person") == [rule.code for rule in SIGNS if rule.code in OBSERVED]
    assert set(signs_found(by="records")) == {rule.code for rule in SIGNS if not rule.for_people_alone}
    assert signs_found(soon="critical", by="person") == ["X09", "H05", "O02"]
    assert signs_found(words="unpaid BUS fare") == []
    assert "C10" in signs_found(words="sim card")
    assert len(signs_found(family="mars", by="?", soon="x", words="")) == len(SIGNS)
    assert "<script>alert" not in Client().get("/rules/signs/", {"words": "<script>alert(1)"}).content.decode()


def test_a_person_can_record_the_signs_that_the_vocabulary_names_and_no_other():
    assert {rule.code for rule in SIGNS if rule.for_people} == set(OBSERVED) == set(HINTS)
    assert {rule.code for rule in SIGNS if rule.for_people_alone} == {
        "C11", "C18", "C22", "C23", "X06", "X09", "H05", "O02", "O04"}


def test_a_sign_shows_who_sees_it_what_the_law_asks_and_its_worked_cases():
    page = shown("/rules/signs/X09/")
    for words in ("A person sees it and records it", "Report of child sexual abuse", "That law is not in force yet",
                  "Just misses: whoever recorded it withdrew it", "observed.sign", "attention now"):
        assert words in page, words
    assert "The detail stays with the police" in shown("/rules/signs/X03/")
    assert "Contact the named doctor" in shown("/rules/signs/X02/")


def test_a_sign_says_which_numbers_an_area_may_set_within_which_bounds_and_why():
    page = shown("/rules/signs/O01/")
    assert "days for which a package may wait, nationally 7, from 1 to 7 (<code>days</code>): an area may say" in page
    assert "None of its numbers can be set by an area." in shown("/rules/signs/C14/")


def test_the_worked_cases_on_the_pages_are_those_that_are_tested_four_of_each_meaning_at_least():
    assert SIGNS_FILE.read_text("utf-8") == sign_cases.text(), "run: scripts/docs"
    for rule in SIGNS:
        meanings = {case.title.partition(":")[0] for case in sign_cases_of(rule.code)}
        assert meanings == {"Fires", "Just misses", "Wrong child", "Known only later"}, rule.code


def test_every_code_leads_to_a_page_that_says_it():
    others = [*RESPONSIBILITY, *NOTES]
    for code in {one.code for one in (*RULES, *others, *GATEWAYS, *SIGNS)}:
        path, _, anchor = address_of(code).partition("#")
        page = shown(path)
        assert code in page
        assert not anchor or f'id="{anchor}"' in page, code


def test_a_reason_leads_to_its_entry_and_the_signs_that_it_quotes_to_their_rules():
    words, codes = quoted("Arrested on 1 May (only the day is known) (C14); stopped (C13) (C14) (Z99)")
    assert words == "Arrested on 1 May (only the day is known); stopped (Z99)"
    assert codes == f"{rule_link('C14')}, {rule_link('C13')}"
    assert quoted("<b>") == ("<b>", "")


def test_no_law_that_a_page_shows_is_taken_for_a_sign():
    """Force procedures and forms have numbers that look like codes of signs."""
    told = [one.authority for one in (*RULES, *RELEASE, *CHARGE)]
    codes = "|".join(rule.code for rule in SIGNS)
    assert [text for text in told if re.search(rf"(?<![\w-])({codes})(?![\w-])", text)] == []


def test_codes_in_a_text_are_linked_and_nothing_else_is_markup():
    assert linked("D-EX-4:e7 <b>") == (
        '<a class="govuk-link" href="/rules/duties/D-EX-4/">D-EX-4</a>:e7 &lt;b&gt;')
    assert "/rules/duties/D-ARR-4-SCREEN/" in linked("asked by D-ARR-4-SCREEN, not by D-ARR-44")
    assert linked("D-ARR-44 R2D2 PR1 8BH") == "D-ARR-44 R2D2 PR1 8BH"
    assert rule_link("D-OLD-9") == "D-OLD-9"
    assert rule_link("GW-10/11").endswith('#GW-10-11">GW-10/11</a>')
