"""What children's records name is kept, neighbours are read again, and who may not see a child sees nothing of it."""

import pytest

from sightline.apps.circle.queries import ME, circle_seen
from sightline.domain.circle.hubs import HubKind
from tests.integration.circle.telling_of_circles import NOW, arrested, day, file, line, lives

ON = NOW.date()
C16 = "select person_id from signs_found where code = 'C16' and gone_at is null"


def test_three_children_with_one_phone_are_in_one_circle_and_each_shows_the_sign(three, acting, child, rows):
    with acting("Beth"):
        facts = circle_seen(child("ann"), on=ON)
    assert facts is not None
    (edge,) = facts.circle.edges
    assert (edge.hub.kind, edge.hub.key) == (HubKind.PHONE, "07700900123")
    assert {facts.person(other.child) for other in edge.others} == {child("bob"), child("cat")}
    assert {person for person, in rows(C16)} == {child("ann"), child("bob"), child("cat")}
    assert rows("select 1 from record_news") == []


def test_a_neighbour_is_read_again_when_another_file_tells_of_the_phone(three, send, child, rows):
    send("timeline", "Merseyside Police", file(lives("dan"), line(
        "dan", 1, "police.stop", day(3), things=[{"kind": "phone", "id": "+447700900123"}])))
    assert child("dan") in {person for person, in rows(C16)}


def test_what_is_withdrawn_takes_the_link_and_the_signs_of_everybody_with_it(three, send, acting, child, rows):
    send("timeline", "Merseyside Police", file(arrested("ann", things=[])))
    assert rows(C16) == []
    with acting("Beth"):
        facts = circle_seen(child("ann"), on=ON)
        assert facts is not None
        assert facts.circle.edges == ()


def test_a_phone_of_too_many_children_links_nobody_and_says_so(three, send, acting, child, rows):
    many = [f"n{number}" for number in range(12)]
    send("timeline", "Merseyside Police", file(*(told for who in many for told in (lives(who), arrested(who)))))
    assert rows(C16) == []
    with acting("Beth"):
        facts = circle_seen(child("ann"), on=ON)
    assert facts is not None
    (edge,) = facts.circle.edges
    assert (edge.others, edge.crowd) == ((), 12)


def test_another_child_is_named_only_to_who_has_a_part_in_that_childs_life(send, acting, child):
    told = [lives("ann"), arrested("ann"), lives("bob", "CM1 1QH"), arrested("bob")]
    send("timeline", "Merseyside Police", file(*told))
    with acting("Beth"):
        facts = circle_seen(child("ann"), on=ON)
        assert facts is not None
        ((other,),) = (edge.others for edge in facts.circle.edges)
        assert (facts.person(other.child), other.touch and other.touch.mentions[0].entry, facts.open_to) == (
            None, "", frozenset())
        assert str(child("bob")) not in repr(facts)
        assert circle_seen(child("bob"), on=ON) is None
    with acting("Carl"):
        assert circle_seen(child("ann"), on=ON) is None
        facts = circle_seen(child("bob"), on=ON)
        assert facts is not None
        assert str(child("ann")) not in repr(facts)


@pytest.mark.parametrize("who", ["Carl", "Lee", "Pat", "Dawn"])
def test_nobody_but_social_care_of_the_responsible_council_sees_a_circle(three, acting, child, rows, who):
    with acting(who):
        assert circle_seen(child("ann"), on=ON) is None


def test_a_companion_whom_the_same_agency_knows_as_a_child_is_that_child(send, acting, child):
    with_bob = [{"id": "bob", "role": "co-arrested", "age": 15}]
    send("timeline", "Merseyside Police", file(
        lives("ann"), arrested("ann", things=[], people=with_bob), lives("bob")))
    with acting("Beth"):
        hers, his = circle_seen(child("ann"), on=ON), circle_seen(child("bob"), on=ON)
    assert hers is not None
    assert his is not None
    assert [hers.person(other.child) for edge in hers.circle.edges for other in edge.others] == [child("bob")]
    assert [his.person(other.child) for edge in his.circle.edges for other in edge.others] == [child("ann")]
    assert his.circle.child == ME
