"""Each definition beside invented lives: which events it counts, how long they took, and what it says of each.

A life is a list of (days before now, who told, kind, facts); what follows is the cases that the view of the measure
gives: part, days until done (None: not yet), and whether it counts (None: nobody told).
"""

import pytest

COUNCIL, SCHOOL, POLICE, OTHER = "Knowsley Council", "Brook High School", "Merseyside Police", "Essex Council"
PERM, SUSP = {"category": "PERM"}, {"category": "SUSP"}
SUPPLY = {"offence": "drugs-supply", "property": ["class-a"]}
ESSEX = {"council": "Essex", "force": "Essex"}

LIVES = {
    "an exclusion of which police were never told waits": ("K1", [
        (9, SCHOOL, "school.exclusion", PERM)], [("permanent exclusion", None, True)]),
    "a lunchtime exclusion is neither": ("K1", [(9, SCHOOL, "school.exclusion", {"category": "LNCH"})], []),
    "a suspension stands in its own part": ("K1", [
        (9, SCHOOL, "school.exclusion", SUSP)], [("suspension", None, True)]),
    "a decision that names the duty of the exclusion counts": ("K2", [
        (9, SCHOOL, "school.exclusion", PERM),
        (4, COUNCIL, "decision.made", {"about": "D-EX-4", "outcome": "looked at", "reasons": "told by the school"})],
        [("permanent exclusion", 5.0, True)]),
    "a decision about something else does not": ("K2", [
        (9, SCHOOL, "school.exclusion", PERM),
        (4, COUNCIL, "decision.made", {"about": "D-REL-1", "outcome": "looked at", "reasons": "other"})],
        [("permanent exclusion", None, True)]),
    "nothing was held elsewhere": ("K3", [(9, SCHOOL, "school.exclusion", PERM)], [("excluded", None, False)]),
    "found far away with an adult, and the school did not know": ("K3", [
        (40, POLICE, "police.arrest", SUPPLY), (9, SCHOOL, "school.exclusion", PERM)],
        [("arrested", None, False), ("excluded", None, True)]),
    "a sign of long ago is none": ("K3", [
        (140, POLICE, "police.arrest", SUPPLY), (9, SCHOOL, "school.exclusion", PERM)],
        [("arrested", None, False), ("excluded", None, False)]),
    "a placement in another council's area that is kept here": ("K4", [
        (9, COUNCIL, "care.placement", {"type": "U4", "place": ESSEX})],
        [("receiving council", None, True), ("receiving police", None, None)]),
    "a placement at home is none": ("K4", [
        (9, COUNCIL, "care.placement", {"type": "U4", "place": {"council": "Knowsley", "force": "Merseyside"}})], []),
    "an interview held within two days": ("K5", [
        (12, POLICE, "missing.reported", {}), (11, POLICE, "missing.found", {}),
        (9.5, COUNCIL, "missing.return-interview", {"offered": True, "held": True})], [("", 1.5, True)]),
    "an interview that was offered and not held does not count": ("K5", [
        (11, POLICE, "missing.found", {}),
        (10, COUNCIL, "missing.return-interview", {"offered": True, "held": False})], [("", None, True)]),
    "an interview after the next time missing belongs to that": ("K5", [
        (20, POLICE, "missing.found", {}), (15, POLICE, "missing.reported", {}), (14, POLICE, "missing.found", {}),
        (13, COUNCIL, "missing.return-interview", {"held": True})], [("", None, True), ("", 1.0, True)]),
    "an arrest that led to a referral of the council's own": ("K6", [
        (12, POLICE, "police.arrest", SUPPLY), (10, COUNCIL, "care.referral", {"source": "1A"})],
        [("not charged", 2.0, True)]),
    "an arrest that led to a charge": ("K6", [
        (12, POLICE, "police.arrest", SUPPLY), (11, POLICE, "police.charge", {"offence": "drugs-supply"})],
        [("charged", None, True)]),
    "a charge told by a file was not screened": ("K7", [
        (12, POLICE, "police.arrest", SUPPLY), (11, POLICE, "police.charge", {"offence": "drugs-supply"})],
        [("told by files", None, False)]),
    "an adult who came two hours after": ("K8", [
        (12, POLICE, "police.arrest", SUPPLY),
        (12 - 2 / 24, POLICE, "police.appropriate-adult", {"appropriate_adult": "An aunt"})], [("", 0.083, True)]),
    "an arrest of which nobody told the path": ("K8", [
        (12, POLICE, "police.arrest", SUPPLY)], [("", None, None)]),
    "a detention to which nobody came": ("K8", [
        (12, POLICE, "police.arrest", SUPPLY), (11.9, POLICE, "police.detention", {"step": "authorised"})],
        [("", None, True)]),
    "alone by day, and nobody told how at night": ("K9", [
        (12, POLICE, "police.release", {"mode": "public-transport-alone"}),
        (5.5, POLICE, "police.release", {})], [("by day", None, True), ("by night", None, None)]),
    "a release that a file told passed no gate": ("K10", [
        (12, POLICE, "police.release", {"mode": "collected", "received_by": "The mother"})],
        [("told by files", None, False)]),
    "refused bail, the council asked and without a place": ("K11", [
        (12, POLICE, "police.bail-refused", {"reason": "x"}),
        (11.9, POLICE, "care.accommodation-asked", {"council": "Knowsley"}),
        (11.8, COUNCIL, "care.accommodation-answered", {"council": "Knowsley", "answer": "declined"})],
        [("council asked", None, True), ("council gave a place", None, False), ("council gave none", None, True)]),
    "an arrest for supply with a referral to the mechanism": ("K15", [
        (12, POLICE, "police.arrest", SUPPLY), (11, COUNCIL, "slavery.referral", {"source": "council"})],
        [("", 1.0, True)]),
    "an arrest for theft is not asked for one": ("K15", [(12, POLICE, "police.arrest", {"offence": "theft"})], []),
    "charged before the decision, and the charge stood": ("K16", [
        (20, COUNCIL, "slavery.referral", {}), (15, POLICE, "police.charge", {"offence": "drugs-supply"}),
        (10, COUNCIL, "slavery.reasonable-grounds", {"decision": "positive"})],
        [("before reasonable grounds", None, True), ("despite positive grounds", None, False),
         ("ended after", None, False), ("section 45 considered", None, None)]),
    "charged despite a positive decision, and ended": ("K16", [
        (20, COUNCIL, "slavery.referral", {}),
        (18, COUNCIL, "slavery.reasonable-grounds", {"decision": "positive"}),
        (15, POLICE, "police.charge", {"offence": "drugs-supply"}), (9, POLICE, "police.no-further-action", {})],
        [("before reasonable grounds", None, False), ("despite positive grounds", None, True),
         ("ended after", None, True), ("section 45 considered", None, None)]),
    "referred and never decided says nothing of the decision": ("K16", [
        (20, COUNCIL, "slavery.referral", {}), (15, POLICE, "police.charge", {"offence": "drugs-supply"})],
        [("before reasonable grounds", None, None), ("despite positive grounds", None, None),
         ("ended after", None, False), ("section 45 considered", None, None)]),
    "charged, and later found to be a victim": ("K17", [
        (40, POLICE, "police.charge", {"offence": "theft"}), (20, COUNCIL, "slavery.referral", {}),
        (9, COUNCIL, "slavery.conclusive-grounds", {"decision": "positive"})], [("", None, True)]),
    "found to be a victim and never charged": ("K17", [
        (9, COUNCIL, "slavery.conclusive-grounds", {"decision": "positive"})], [("", None, False)]),
    "an alert of today says nothing yet of what follows": ("K21", [
        (0.5, POLICE, "police.arrest", SUPPLY)], [("arrested", None, None), ("excluded", None, None),
                                                  ("missing", None, None)]),
    "excluded in the year before the first sign": ("K28", [
        (200, SCHOOL, "school.exclusion", PERM), (9, POLICE, "police.arrest", SUPPLY)], [("", None, True)]),
    "excluded after the first sign is the other direction": ("K28", [
        (40, POLICE, "police.arrest", SUPPLY), (9, SCHOOL, "school.exclusion", PERM)], [("", None, False)]),
    "excluded, and a first sign after": ("K27", [
        (200, SCHOOL, "school.exclusion", PERM), (9, POLICE, "police.arrest", SUPPLY)], [("", 191.0, True)]),
    "excluded when a sign was known already": ("K27", [
        (40, POLICE, "police.arrest", SUPPLY), (9, SCHOOL, "school.exclusion", PERM)], [("", None, None)]),
}


@pytest.mark.parametrize("life", LIVES)
def test_a_definition_says_of_a_life(life, tell, cases):
    code, lines, wanted = LIVES[life]
    tell("Ada", lines)
    assert cases(code) == wanted
