"""An exclusion is measured as told to police when somebody decided to share it with them, and not when it was not."""

from tests.integration.disclosing import share_with


def test_police_were_told_of_an_exclusion_when_it_was_shared(scene, acting, everything):
    told = "select part, done is not null, counts from insight_k1_1"
    assert everything(told) == [("permanent exclusion", False, True)]
    with acting("Beth") as beth:
        share_with(beth, scene.amara, "Essex Council", entries=[scene.exclusion])
    assert everything(told) == [("permanent exclusion", False, True)]
    with acting("Beth") as beth:
        share_with(beth, scene.amara, "Merseyside Police", entries=[scene.exclusion])
    assert everything(told) == [("permanent exclusion", True, True)]
