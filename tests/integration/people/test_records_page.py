"""Why each record is a child's, and the way from a wrong one to a parting."""

import re

from tests.integration.people.test_review_page import shown


def test_each_record_says_why_it_is_hers_and_whoever_sees_the_whole_may_ask(pair, browse, everything):
    pair.say("Beth", "same")
    kept = pair.person_of(pair.hers)
    everything("delete from people_doubt")
    with browse("Beth") as beth:
        text = shown(beth.get(f"/children/{kept}/records/"))
        assert "Beth said on" in text
        assert "The child was first known here by this record." in text
        assert text.count("Ask whether this is another child’s") == 2
        moved = pair.others if kept == pair.amara else pair.hers
        sent = beth.post(f"/children/{kept}/records/ask/", {"record": str(moved)}, follow=True)
        assert "Asked. Who settles doubts of this child sees it" in shown(sent)
        again = beth.post(f"/children/{kept}/records/ask/", {"record": str(moved)}, follow=True)
        assert again.status_code == 200
    ((doubt, within),) = everything("select id, within_id from people_doubt")
    assert within == kept
    with browse("Mary") as mary:
        assert "Both records stand in one child’s record now" in shown(mary.get(f"/doubts/{doubt}/"))
        assert str(doubt) in mary.get("/doubts/").content.decode()
    pair.say("Mary", "not-same", doubt=doubt)
    pair.second("Beth", "not-same", doubt=doubt)
    assert (pair.person_of(pair.hers), pair.person_of(pair.others)) == (pair.amara, pair.zora)


def test_what_a_comparison_joined_shows_its_weight_and_its_model(pair, browse, everything):
    everything("insert into people_joining (identity_id, from_person_id, to_person_id, how, because, at, bits, parts,"
               " model) select %s, null, %s, 'comparison', '[\"same UPN\"]', now(), 14.2, parts, model"
               " from people_doubt", pair.hers, pair.amara)
    with browse("Beth") as beth:
        text = shown(beth.get(f"/children/{pair.amara}/records/"))
    for words in ("A comparison joined it on", "same UPN", "It speaks strongly for one child: +14.2 bits",
                  "about 20,000 to 1 that they are one child", "0123456789ab"):
        assert words in text, words


def test_who_does_not_see_the_whole_sees_the_own_record_and_cannot_ask(pair, browse, everything):
    pair.say("Beth", "same")
    kept = pair.person_of(pair.hers)
    with browse("Lee") as lee:
        text = shown(lee.get(f"/children/{kept}/records/"))
        assert "Amara" in text
        assert not {"Zora", "Mensah"} & set(re.findall(r"\w+", text))
        assert "Ask whether" not in text
        assert lee.post(f"/children/{kept}/records/ask/", {"record": str(pair.hers)}).status_code == 403
    with browse("Carl") as carl:
        assert carl.get(f"/children/{kept}/records/").status_code == 404
        assert carl.post(f"/children/{kept}/records/ask/", {"record": str(pair.hers)}).status_code == 404
    with browse("Beth") as beth:
        for wrong in ("", "x", str(kept)):
            assert beth.post(f"/children/{kept}/records/ask/", {"record": wrong}).status_code in (302, 404)
    assert everything("select count(*) from people_doubt where within_id is not null") == [(0,)]
