"""Who looked at or changed what, for which purpose: appended only, sealed in batches."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class AuditEntry(models.Model):
    """Hold one request or command: ids and names of acts only, no words of any record.

    The database adds `era` and `xid`, by which the sealer knows that no row can still appear below a line.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    officer_id = models.UUIDField(null=True)
    agency_id = models.IntegerField(null=True)
    work_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=20)
    act = models.CharField(max_length=60)
    writes = models.BooleanField(default=False)
    refused = models.BooleanField(default=False)
    children = ArrayField(models.UUIDField(), default=list)
    about = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.id} {self.act}"


class AuditSeal(models.Model):
    """Hold the seal of one batch of audit entries, chained to the seal before it.

    The batch is every entry of `era` with `from_xid` <= xid < `below_xid`, hashed in the order of (xid, id).
    """

    id = models.BigAutoField(primary_key=True)
    era = models.IntegerField()
    from_xid = models.DecimalField(max_digits=20, decimal_places=0)
    below_xid = models.DecimalField(max_digits=20, decimal_places=0)
    entries = models.IntegerField()
    root = models.BinaryField(max_length=32)
    chain = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["era", "from_xid"], name="one_seal_a_line")]

    def __str__(self) -> str:
        return f"seal {self.id}"
