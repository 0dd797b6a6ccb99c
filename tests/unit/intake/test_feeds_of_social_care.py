"""The children in need census, child by child, and the social care payload, part by part."""

import json
from datetime import date
from pathlib import Path

import pytest
from sorting import faults_of, kinds, only, sort, told

from sightline.domain.intake.row import FileRefused, Withdrawn

SAMPLES = Path(__file__).parents[2] / "samples" / "cin"

IDENTIFIERS = "<LAchildID>K1</LAchildID><PersonBirthDate>2011-03-14</PersonBirthDate><Sex>F</Sex>"
DETAILS = (
    "<CINreferralDate>2026-02-03</CINreferralDate><ReferralSource>2A</ReferralSource>{}<ReferralNFA>0</ReferralNFA>{}"
)


def child(identifiers=IDENTIFIERS, *details, ethnicity="BAFR"):
    periods = "".join(f"\n<CINdetails>{one}</CINdetails>" for one in details)
    return (
        f"<Child><ChildIdentifiers>{identifiers}</ChildIdentifiers>"
        f"<ChildCharacteristics><Ethnicity>{ethnicity}</Ethnicity></ChildCharacteristics>{periods}</Child>"
    )


def census(*children, on=date(2026, 6, 1)):
    body = "\n".join(children)
    return sort("cin-census", f"<Message><Children>\n{body}\n</Children></Message>", on=on)


def test_a_period_is_told_from_referral_to_closure():
    modules = (
        "<PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2026-04-01</CINclosureDate>"
        "<ReasonForClosure>RC7</ReasonForClosure><DateOfInitialCPC>2026-03-19</DateOfInitialCPC>"
        "<Assessments><AssessmentActualStartDate>2026-02-05</AssessmentActualStartDate>"
        "<AssessmentAuthorisationDate>2026-03-20</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>"
        "<AssessmentFactors>10A</AssessmentFactors><AssessmentFactors>24A</AssessmentFactors>"
        "</FactorsIdentifiedAtAssessment></Assessments>"
        "<CINPlanDates><CINPlanStartDate>2026-03-20</CINPlanStartDate></CINPlanDates>"
        "<Section47><S47ActualStartDate>2026-03-02</S47ActualStartDate><DateOfInitialCPC>2026-03-19</DateOfInitialCPC>"
        "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
    )
    plans = (
        "<ChildProtectionPlans><CPPstartDate>2026-03-19</CPPstartDate><InitialCategoryOfAbuse>NEG"
        "</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0"
        "</NumberOfPreviousCPP><Reviews><CPPreviewDate>2026-05-19</CPPreviewDate></Reviews></ChildProtectionPlans>"
    )
    row = only(census(child(IDENTIFIERS, DETAILS.format(modules, plans))))
    assert row.faults == ()
    assert (row.identity.scheme, row.identity.key, row.identity.sex, row.identity.ethnicity) == (
        "cin-census", "K1", "F", "BAFR",
    )  # fmt: skip
    assert [(one.kind, one.at.isoformat()) for one in row.told] == [
        ("child.born", "2011-03-14"), ("care.referral", "2026-02-03"), ("care.assessment", "2026-02-05"),
        ("care.plan", "2026-03-20"), ("care.strategy-discussion", "2026-03-02"), ("care.enquiry", "2026-03-02"),
        ("care.conference", "2026-03-19"), ("care.plan", "2026-03-19"), ("care.conference", "2026-05-19"),
        ("care.closed", "2026-04-01"),
    ]  # fmt: skip
    assert told(row, "care.referral").facts == {"source": "2A", "reason": "N1"}
    assert told(row, "care.assessment").facts == {"factors": ("10A", "24A")}
    assert told(row, "care.assessment").until == date(2026, 3, 20)
    assert told(row, "care.closed").facts == {"reason": "RC7"}
    plans = [one.facts for one in row.told if one.kind == "care.plan"]
    assert plans == [{"type": "child in need"}, {"type": "child protection", "decision": "Neglect"}]
    assert len({one.key for one in row.told}) == len(row.told)


def test_no_further_action_is_a_decision():
    row = only(census(child(IDENTIFIERS, DETAILS.format("", "").replace("<ReferralNFA>0", "<ReferralNFA>1"))))
    assert told(row, "care.decision").facts == {"decision": "no further action"}


def test_a_bad_period_is_turned_back_by_itself_with_line_element_and_value():
    bad = DETAILS.format("", "").replace("2026-02-03", "2026-02-31")
    rows = census(child(IDENTIFIERS, bad, DETAILS.format("", "")), child(IDENTIFIERS.replace("K1", "K2"), bad))
    assert [row.identity.key if row.identity else None for row in rows] == [None, "K1", None]
    fault = rows[0].faults[0]
    assert (fault.row, fault.column, fault.value) == (3, "CINreferralDate", "2026-02-31")
    assert fault.fault == "This is no day that exists. Write it as 31/12/2025 or 2025-12-31."
    assert kinds(rows[1]) == ["child.born", "care.referral"]


def test_two_periods_of_one_day_have_keys_of_their_own():
    (first, second) = census(child(IDENTIFIERS, DETAILS.format("", ""), DETAILS.format("", "")))
    assert {one.key for one in first.told}.isdisjoint({one.key for one in second.told})


def test_a_child_without_its_number_is_turned_back_and_stops_no_other():
    rows = census(child("<Sex>F</Sex>", DETAILS.format("", "")), child(IDENTIFIERS, DETAILS.format("", "")))
    assert [row.identity is None for row in rows] == [True, False]
    assert ("LAchildID", "This is missing; without it nobody can be told which child is meant.") in faults_of(rows)


def test_elements_that_are_not_known_are_named_and_the_rest_is_read():
    modules = "<ShoeSize>5</ShoeSize><PrimaryNeedCode>N4</PrimaryNeedCode>"
    row = only(census(child(IDENTIFIERS, DETAILS.format(modules, "<PreProceedings><x>1</x></PreProceedings>"))))
    assert told(row, "care.referral").facts["reason"] == "N4"
    unknown = "This element is not known to the census of 2026; it was not read."
    assert faults_of([row]) == [("ShoeSize", unknown), ("PreProceedings", unknown)]


@pytest.mark.parametrize(
    ("before", "after", "column", "words"),
    [
        ("<ReferralSource>2A<", "<ReferralSource>11<", "ReferralSource", "no code of the census"),
        ("<Sex>F<", "<Sex>1<", "Sex", "no code of the census"),
        ("</CINreferralDate>", "</CINreferralDate>stray", "CINdetails", "Text stands here"),
        ("<ReferralSource>2A</ReferralSource>", "", "ReferralNFA", "wrong place"),
        ("<ReferralNFA>0</ReferralNFA>", "", "CINdetails", "something is missing; next would be"),
        ("<ReferralNFA>0<", "<ReferralNFA>false<", "ReferralNFA", "was read as 0"),
        ("<Sex>F</Sex>", "<GenderCurrent>9</GenderCurrent>", "GenderCurrent", "was read as U"),
    ],
)
def test_what_the_schema_does_not_allow_is_noted_and_the_child_is_kept(before, after, column, words):
    content = child(IDENTIFIERS, DETAILS.format("", "")).replace(before, after)
    row = only(census(content))
    assert row.identity is not None
    assert [(name, words in said) for name, said in faults_of([row])] == [(column, True)]


def test_a_factor_that_is_no_factor_is_left_out_and_said_once():
    factors = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in ("RB", "13A"))
    modules = (
        "<Assessments><AssessmentActualStartDate>2026-02-05</AssessmentActualStartDate>"
        f"<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment></Assessments>"
    )
    row = only(census(child(IDENTIFIERS, DETAILS.format(modules, ""))))
    assert told(row, "care.assessment").facts == {"factors": ("13A",)}
    assert faults_of([row]) == [("AssessmentFactors", "This is no factor of the census; it was left out.")]


@pytest.mark.parametrize(
    ("modules", "column", "words"),
    [
        ("<CINclosureDate>2026-01-01</CINclosureDate>", "CINclosureDate", "lies before CINreferralDate"),
        ("<CINclosureDate>2026-12-01</CINclosureDate>", "CINclosureDate", "lies in the future"),
        ("<Assessments><AssessmentActualStartDate></AssessmentActualStartDate></Assessments>",
         "AssessmentActualStartDate", "is missing"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_turn_the_period_back(modules, column, words):
    row = only(census(child(IDENTIFIERS, DETAILS.format(modules, ""))))
    assert row.identity is None
    assert [(name, words in said) for name, said in faults_of([row], turns_back=True)] == [(column, True)]


def test_a_child_referred_before_its_birth_is_no_fault():
    row = only(census(child(IDENTIFIERS.replace("2011-03-14", "2026-04-01"), DETAILS.format("", ""))))
    assert row.faults == ()


def test_the_real_layouts_are_read():
    rows = sort("cin-census", SAMPLES.joinpath("BAR_cin_2022.xml").read_bytes())
    assert set(kinds(only(rows))) == {
        "child.born", "care.referral", "care.assessment", "care.plan", "care.strategy-discussion", "care.enquiry",
        "care.conference", "care.closed",
    }  # fmt: skip
    rows = sort("cin-census", SAMPLES.joinpath("fake_CIN_data.xml").read_bytes())
    assert len(rows) == SAMPLES.joinpath("fake_CIN_data.xml").read_text().count("<CINdetails>")
    assert all(row.identity for row in rows)


def payload(*children, on=date(2026, 6, 1), **more):
    return sort("social-care-api", json.dumps({"la_code": 340, "Children": list(children)} | more), on=on)


EPISODE = {"social_care_episode_id": "E1", "referral_date": "2026-02-03", "referral_source": "6"}
PLACEMENT = {
    "child_looked_after_placement_id": "P/1", "start_date": "2026-05-12", "start_reason": "S", "placement_type": "U6",
    "postcode": "LA1 1YN",
}  # fmt: skip


def test_a_payload_tells_who_the_child_is_and_what_happened():
    details = {
        "unique_pupil_number": "H243278544154", "former_unique_pupil_number": "A950000178301", "first_name": "Amara",
        "surname": "Okafor", "date_of_birth": "2011-03-14", "sex": "F", "ethnicity": "BAFR", "postcode": "L36 9YZ",
    }  # fmt: skip
    row = only(payload({"la_child_id": "K1", "child_details": details, "social_care_episodes": [EPISODE]}))
    assert (row.identity.given, row.identity.family, row.identity.sex) == ("Amara", "Okafor", "F")
    assert row.identity.identifiers == {"upn": "H243278544154", "former-upn": "A950000178301"}
    assert kinds(row) == ["child.born", "child.home", "care.referral"]
    assert told(row, "child.home").at == date(2026, 6, 1)
    assert row.faults == ()


def test_children_may_be_one_object_a_list_or_the_object_itself():
    for content in ({"Children": {"la_child_id": "K1"}}, {"Children": [{"la_child_id": "K1"}]}, {"la_child_id": "K1"}):
        assert only(sort("social-care-api", json.dumps(content))).identity.key == "K1"


def test_lines_of_payloads_are_numbered_by_their_lines():
    lines = "\n".join(json.dumps({"Children": {"la_child_id": f"K{n}"}}) for n in range(3))
    assert [(row.number, row.identity.key) for row in sort("social-care-api", lines)] == [
        (1, "K0"),
        (2, "K1"),
        (3, "K2"),
    ]


def test_every_part_of_an_episode_is_told_under_its_own_id():
    episode = EPISODE | {
        "referral_no_further_action_flag": True, "closure_date": "2026-05-30", "closure_reason": "RC7",
        "care_worker_details": [{"worker_id": "SW-17", "start_date": "2026-02-05"}],
        "child_and_family_assessments": [{"child_and_family_assessment_id": "A1", "start_date": "2026-02-05",
                                          "authorisation_date": "2026-03-20", "factors": ["10A", "24a", "RB"]}],
        "child_in_need_plans": [{"child_in_need_plan_id": "N1", "start_date": "2026-03-20"}],
        "section_47_assessments": [{"section_47_assessment_id": "S1", "start_date": "2026-05-11",
                                    "icpc_required_flag": False, "end_date": "2026-05-20"}],
        "child_protection_plans": [{"child_protection_plan_id": "C1", "start_date": "2026-05-28"}],
        "child_looked_after_placements": [PLACEMENT | {"end_date": "2026-05-20", "change_reason": "CREQB"}],
    }  # fmt: skip
    row = only(payload({"la_child_id": "K1", "social_care_episodes": [episode]}))
    assert {one.key: one.kind for one in row.told} == {
        "episode/E1/referral": "care.referral",
        "episode/E1/decision": "care.decision",
        "episode/E1/closed": "care.closed",
        "episode/E1/worker/SW-17/2026-02-05": "care.worker",
        "episode/E1/assessment/A1": "care.assessment",
        "episode/E1/cin-plan/N1": "care.plan",
        "episode/E1/enquiry/S1/strategy-discussion": "care.strategy-discussion",
        "episode/E1/enquiry/S1": "care.enquiry",
        "episode/E1/cp-plan/C1": "care.plan",
        "episode/E1/placement/P%2F1/looked-after": "care.looked-after",
        "episode/E1/placement/P%2F1": "care.placement",
        "episode/E1/placement/P%2F1/ended": "care.placement-ended",
    }
    assert told(row, "care.assessment").facts == {"factors": ("10A", "24A")}
    assert told(row, "care.enquiry").facts == {"decision": "initial conference not required"}
    assert told(row, "care.placement").facts == {
        "type": "U6", "postcode": "LA1 1YN", "authority": "Knowsley", "reason": "S",
    }  # fmt: skip
    assert told(row, "care.placement-ended").facts["planned"] is False
    assert [name for name, _ in faults_of([row])] == ["social_care_episodes[0].child_and_family_assessments[0].factors"]


@pytest.mark.parametrize(
    ("child", "key"),
    [
        ({"la_child_id": "K1", "purge": True, "child_details": {"first_name": "Amara"}}, ""),
        ({"la_child_id": "K1", "child_details": {"purge": True}}, "details"),
        ({"la_child_id": "K1", "social_care_episodes": [EPISODE | {"purge": True}]}, "episode/E1"),
        ({"la_child_id": "K1", "social_care_episodes": [{"social_care_episode_id": "E1",
          "child_looked_after_placements": [PLACEMENT | {"purge": True}]}]}, "episode/E1/placement/P%2F1"),
        ({"la_child_id": "K1", "social_care_episodes": [{"social_care_episode_id": "E1", "child_protection_plans":
          [{"child_protection_plan_id": "C1", "purge": "true"}]}]}, "episode/E1/cp-plan/C1"),
    ],
)  # fmt: skip
def test_purge_takes_back_what_was_told_at_its_level_and_tells_nothing(child, key):
    row = only(payload(child))
    assert row.withdrawn == (Withdrawn(key, "The council purged it."),)
    assert row.told == ()


def test_what_is_absent_from_a_partial_payload_is_neither_told_nor_withdrawn():
    row = only(payload({"la_child_id": "K1", "social_care_episodes": [{"social_care_episode_id": "E1"}]}))
    assert (row.told, row.withdrawn, row.faults) == ((), (), ())


def test_an_event_without_its_start_is_noted_because_nobody_knows_when_it_was():
    plan = {"child_protection_plan_id": "C1", "end_date": "2026-05-30"}
    episode = {"social_care_episode_id": "E1", "referral_source": "6", "child_protection_plans": [plan]}
    row = only(payload({"la_child_id": "K1", "social_care_episodes": [episode]}))
    assert row.told == ()
    assert [name for name, _ in faults_of([row], turns_back=False)] == [
        "social_care_episodes[0].referral_date",
        "social_care_episodes[0].child_protection_plans[0].start_date",
    ]


@pytest.mark.parametrize(
    ("child", "column"),
    [
        ({"child_details": {}}, "la_child_id"),
        ({"la_child_id": "K1", "child_details": []}, "child_details"),
        ({"la_child_id": "K1", "child_details": {"date_of_birth": "2030-01-01"}}, "child_details.date_of_birth"),
        ({"la_child_id": "K1", "child_details": {"first_name": {"x": 1}}}, "child_details.first_name"),
        ({"la_child_id": "K1", "social_care_episodes": [1]}, "social_care_episodes"),
        ({"la_child_id": "K1", "social_care_episodes": [{}]}, "social_care_episodes[0].social_care_episode_id"),
        ({"la_child_id": "K1", "social_care_episodes": [EPISODE | {"closure_date": "2026-01-01"}]},
         "social_care_episodes[0].closure_date"),
        ({"la_child_id": "K1", "purge": "perhaps"}, "purge"),
    ],
)  # fmt: skip
def test_a_bad_child_is_turned_back_and_stops_no_other(child, column):
    rows = payload(child, {"la_child_id": "K2"})
    assert [row.identity.key if row.identity else None for row in rows] == [None, "K2"]
    assert [name for name, _ in faults_of(rows, turns_back=True)] == [column]


def test_a_census_sent_to_the_wrong_feed_is_refused_in_words():
    with pytest.raises(FileRefused, match="This feed is read from JSON; this file looks like XML"):
        sort("social-care-api", SAMPLES.joinpath("BAR_cin_2022.xml").read_bytes())
