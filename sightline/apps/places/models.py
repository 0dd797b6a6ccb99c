"""Stays of pupils at schools, the hypotheses that follow from them, what these rest on, and what people said."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from sightline.domain.places.judging import STATE_WORDS, Judged


class Stay(models.Model):
    """Hold one time of a child at one school, as the last reading of the child says.

    `arrived` says that the child joined while signs were known. What follows is the child's first sign, where it
    showed during this stay. `to_look` says that nobody has looked at the school since this changed; a stay that is no
    longer told ends on the day on which it began, until somebody has.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    school = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    arrived = models.BooleanField()
    first_on = models.DateField(null=True)
    code = models.CharField(max_length=10, blank=True)
    family = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    known_at = models.DateTimeField(null=True)
    to_look = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "school", "from_on"], name="one_stay_a_beginning")]
        indexes = [
            models.Index(fields=["school", "from_on"], name="stays_at_a_school"),
            models.Index(fields=["school"], name="schools_to_ask_about",
                         condition=Q(arrived=True) | Q(first_on__isnull=False)),
            models.Index(fields=["id"], name="stays_to_look_at", condition=Q(to_look=True)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.school}"


class Hypothesis(models.Model):
    """Hold that first signs of several pupils of a school followed an arrival. Who arrived is not part of it.

    `council` is the one that answers for the school; NULL where none that is kept here does. `number` counts the
    grounds; `gone_at` says when it no longer followed from what is known.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    council = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    school = models.CharField(max_length=200)
    school_name = models.CharField(max_length=200)
    from_on = models.DateField()
    number = models.IntegerField()
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "hypotheses"
        constraints = [models.UniqueConstraint(fields=["school", "from_on"], name="one_hypothesis_a_beginning")]
        indexes = [models.Index(fields=["council", "-from_on"], name="hypotheses_of_a_council")]

    def __str__(self) -> str:
        return str(self.id)


class Grounds(models.Model):
    """Keep what a hypothesis rested on at one time; when facts change, the next are added.

    `added` counts pupils who were not in the grounds before. `families` counts the first signs by the part of life in
    which they show: it is all that somebody reads who may not see the pupils' records.
    """

    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.PROTECT, related_name="grounds")
    number = models.IntegerField()
    at = models.DateTimeField()
    until_on = models.DateField()
    pupils = models.IntegerField()
    added = models.IntegerField()
    arrivals = models.IntegerField()
    year_before = models.IntegerField()
    told_since = models.DateField()
    families = models.JSONField()
    weeks = ArrayField(models.IntegerField())
    against = ArrayField(models.TextField())
    digest = models.BinaryField(max_length=16)

    class Meta:
        verbose_name_plural = "grounds"
        constraints = [models.UniqueConstraint(fields=["hypothesis", "number"], name="grounds_in_order")]

    def __str__(self) -> str:
        return f"{self.hypothesis_id} {self.number}"


class FirstSign(models.Model):
    """Keep one pupil's first sign among the grounds, for those who may see the pupil's whole record."""

    grounds = models.ForeignKey(Grounds, on_delete=models.PROTECT, related_name="firsts")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    code = models.CharField(max_length=10)
    family = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    reason = models.TextField()
    known_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grounds", "person"], name="one_first_sign_a_pupil")]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class Judgement(models.Model):
    """Keep what a person said of a hypothesis, on which grounds and why; never changed.

    `number` is one more than that of the judgement before: of two who speak at once, the database takes one.
    """

    JUDGED: ClassVar[list[tuple[str, str]]] = [(one.value, words) for one, words in STATE_WORDS.items()]

    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.PROTECT, related_name="judgements")
    number = models.IntegerField()
    grounds = models.ForeignKey(Grounds, on_delete=models.PROTECT, related_name="+")
    judged = models.CharField(max_length=10, choices=JUDGED)
    reason = models.TextField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hypothesis", "number"], name="one_judgement_after_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="judged_with_a_reason"),
            models.CheckConstraint(condition=Q(judged__in=[one.value for one in Judged]), name="judged_in_our_words"),
        ]

    def __str__(self) -> str:
        return f"{self.judged} {self.hypothesis_id}"
