"""Agencies and their contacts, officers and their pieces of work, and the audit."""

from sightline.apps.access.models.absence import Absence
from sightline.apps.access.models.agency import Agency, Contact, Cover, RotaTurn
from sightline.apps.access.models.audit import AuditEntry, AuditSeal
from sightline.apps.access.models.officer import Membership, Officer, PieceOfWork

__all__ = ["Absence", "Agency", "AuditEntry", "AuditSeal", "Contact", "Cover", "Membership", "Officer", "PieceOfWork",
           "RotaTurn"]
