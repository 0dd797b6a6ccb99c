"""What somebody can do here, in the words that roles, pages and the audit share."""

from enum import StrEnum


class Verb(StrEnum):
    """Name one act that a role may or may not do."""

    FIND_CHILD = "find a child"
    SEE_CHILD = "see a child's page"
    ASK_IF_KNOWN = "ask whether a child is known, and whom to ring"
    DECIDE = "record a decision"
    ACKNOWLEDGE = "acknowledge a notice or a duty"
    RECORD_SIGN = "record a warning sign that somebody saw"
    CLOSE_SIGN = "close a warning sign with a reason"
    SWITCH_SIGN = "switch a warning sign off for the area, and review local settings"
    SEE_SETTINGS = "see which warning signs are switched off, and the local settings"
    PROPOSE_SETTINGS = "propose local settings of warning signs"
    SEE_QUEUE = "see the inbox"
    REASSIGN = "give a duty to somebody else"
    SEND_FILES = "import files"
    SETTLE_DOUBT = "settle whether two records are one child"
    SEE_AUDIT = "see who looked at a child's record"
    SEE_OVERSIGHT = "see how the record is kept"
    KEEP_ROTA = "keep the hours and rotas of desks"
    JUDGE_PLACE = "confirm or dismiss a hypothesis about a place"
    JUDGE_LINK = "see a child's circle, and confirm or dismiss a link in it"
    SEE_CUSTODY_DESK = "see the custody desk of the own force"
    OVERRIDE_RELEASE = "override the release gate, as an inspector of the force"
    SUPERVISE_CHARGE = "stand by a charging decision, as a supervisor of the force"
    REFER_VICTIM = "refer a child to the National Referral Mechanism"
    KEEP_OFFICERS = "add officers and end their access"
    SEE_OPERATION = "see a police operation, and what was done for the children in it"
    KEEP_OPERATION = "enter a police operation, what sources tell of it, and which children had a part in it"
