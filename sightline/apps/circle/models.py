"""What children's records name, one row a child and hub, and what people said of each link."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from sightline.domain.circle.judging import STATE_WORDS, Judged

STATES = [(one.value, words) for one, words in STATE_WORDS.items()]
IN_OUR_WORDS = [one.value for one in Judged]


class Touch(models.Model):
    """Hold that a child's record names a hub, as the last reading of the child says.

    `key` names the hub in one form, `mentions` hold the entries that name it, oldest first. `judged` is a copy of what
    was said of it last, for the readings of others; what was said stands in Judgement. `exploited_on` is since when it
    is known that the child was exploited.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    told_as = models.CharField(max_length=300)
    mentions = models.JSONField()
    last_on = models.DateField()
    expires_on = models.DateField()
    exploited_on = models.DateField(null=True)
    judged = models.CharField(max_length=12, choices=STATES, default=Judged.HYPOTHESIS.value)

    class Meta:
        verbose_name_plural = "touches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="one_touch_a_hub"),
            models.CheckConstraint(condition=Q(judged__in=IN_OUR_WORDS), name="a_touch_in_our_words"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "key", "expires_on"], name="touches_at_a_hub")]

    def __str__(self) -> str:
        return str(self.id)


class Judgement(models.Model):
    """Keep what a person said of a link between a child and a hub, with the reason; the last one counts."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    number = models.IntegerField()
    judged = models.CharField(max_length=12, choices=STATES)
    reason = models.TextField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "key", "number"], name="one_word_after_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_link_judged_with_a_reason"),
            models.CheckConstraint(condition=Q(judged__in=IN_OUR_WORDS), name="judged_link_in_our_words"),
        ]

    def __str__(self) -> str:
        return f"{self.judged} {self.pk}"
