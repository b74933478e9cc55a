"""状态 (statuses) of an entry and of its versions, with their terms."""

from enum import StrEnum


class EntryStatus(StrEnum):
    """词条的状态."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


class VersionStatus(StrEnum):
    """一版的状态."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"


ENTRY_TERMS = {EntryStatus.OPEN: "在库", EntryStatus.WITHDRAWN: "已撤下"}
VERSION_TERMS = {
    VersionStatus.PROPOSED: "待确认", VersionStatus.CONFIRMED: "已确认", VersionStatus.SENT_BACK: "已退回",
}  # fmt: skip
