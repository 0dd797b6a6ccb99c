"""School, carers and telephone numbers are told by a feed, kept, compared, weighed and shown like all else."""

import json
import re

from sightline.apps.access.acting import at_task
from sightline.apps.people.candidates import records_of
from tests.integration.people.conftest import record_of
from tests.integration.people.test_review_page import shown

TAG = re.compile(r"<[^>]+>")

HERS = {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03", "sex": "F", "postcode": "L36 9YZ"}
WRITTEN_WRONGLY = {"given": "Amarra", "born_on": "2011-04-05"}
CONTACTS = {"school": "340/4421", "carers": ["Ngozi Okafor", "Chidi Okafor"], "phones": ["+44 (0)7700 900461"]}
OTHERWISE = {"school": 3404421, "carers": "NGOZI OKAFOR", "phones": ["07700 900461", "0151 496 0000"]}


def words_of(response) -> str:
    """Give the words of a page without its tags."""
    return " ".join(TAG.sub(" ", shown(response)).split())


def both(send, everything, **second):
    """Let the council and the police tell a girl whom the police write wrongly; gives the records."""
    one, _ = record_of(send, everything, "Knowsley Council", "k1", identity=HERS | CONTACTS)
    other, _ = record_of(send, everything, "Merseyside Police", "m1", identity=HERS | WRITTEN_WRONGLY | second)
    return one, other


def test_they_speak_for_one_child_in_the_words_of_both_agencies(send, everything, browse):
    both(send, everything, **OTHERWISE)
    ((doubt, parts),) = everything("select id, parts from people_doubt")
    said = {part["comparison"]: (part["words"], part["bits"] > 0) for part in json.loads(parts)}
    assert {name: said[name] for name in ("school", "carer", "phone")} == {
        "school": ("same school", True), "carer": ("same carer’s name", True),
        "phone": ("same telephone number", True)}
    with browse("Beth") as beth:
        page = words_of(beth.get(f"/doubts/{doubt}/"))
    assert "Different: First name, Date of birth. The same: Surname, Sex, Postcode, School, Carers, Telephone." in page
    for words in ("340/4421", "NGOZI OKAFOR", "+44 (0)7700 900461", "07700 900461, 0151 496 0000"):
        assert words in page, page


def test_what_is_kept_is_what_was_told_and_a_record_shows_it(send, everything, browse, as_worker):
    one, other = both(send, everything, **OTHERWISE)
    assert everything("select school, carers, phones from people_description where identity_id = %s", one) == [
        ("340/4421", ["Ngozi Okafor", "Chidi Okafor"], ["+44 (0)7700 900461"])]
    with as_worker(), at_task("test"):
        found = records_of([one, other])
    assert (found[one].schools, found[one].carers, found[one].phones) == (
        ("3404421",), ("Ngozi Okafor", "Chidi Okafor"), ("07700900461",))
    assert (found[other].schools, found[other].carers) == (("3404421",), ("NGOZI OKAFOR",))
    ((hers,),) = everything("select person_id from people_identity where id = %s", one)
    with browse("Beth") as beth:
        page = words_of(beth.get(f"/children/{hers}/records/"))
    for words in ("School 340/4421", "Carers Ngozi Okafor, Chidi Okafor", "Telephone +44 (0)7700 900461"):
        assert words in page, page


def test_who_tells_none_of_them_has_lines_without_them(send, everything, browse):
    record_of(send, everything, "Knowsley Council", "k1", identity=HERS)
    record_of(send, everything, "Merseyside Police", "m1", identity=HERS | WRITTEN_WRONGLY)
    ((doubt,),) = everything("select id from people_doubt")
    with browse("Beth") as beth:
        page = words_of(beth.get(f"/doubts/{doubt}/"))
    assert not {"School", "Carers", "Telephone"} & set(page.split())


def test_a_new_telephone_is_a_new_telling_and_the_same_words_are_none(send, everything):
    hers, _ = record_of(send, everything, "Knowsley Council", "k1", identity=HERS | CONTACTS)
    again = {"id": "k2", "kind": "school.left"}
    record_of(send, everything, "Knowsley Council", "k1", identity=HERS | CONTACTS, **again)
    assert everything("select count(*) from people_description where identity_id = %s", hers) == [(1,)]
    record_of(send, everything, "Knowsley Council", "k1",
              identity=HERS | CONTACTS | {"phones": ["07700900999"]}, **again)
    assert everything("select phones from people_description where identity_id = %s order by id", hers) == [
        (["+44 (0)7700 900461"],), (["07700900999"],)]
