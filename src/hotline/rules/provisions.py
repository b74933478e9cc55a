"""The provisions that code may name, and which values each must have.

A rulebook says which clause fills a provision. Where `many` is true several clauses do (each kind's limit, each ground
for declining); every other provision is filled exactly once. A value may stand under the clause or in a reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hotline.rules import checks as c
from hotline.rules.checks import Check


class Name(StrEnum):
    """Every provision, in the order of the chapters."""

    SERVICE = "service"
    PASSING_ON = "passing_on"
    CENTRES = "centres"
    LEVELS = "levels"
    LEVEL_DUTIES = "level_duties"
    OFFICE_DATES = "office_dates"
    CHANGE_OF_KIND = "change_of_kind"
    DATE_SHIFT = "date_shift"
    COMPLAINT_AGAINST = "complaint_against"
    SOURCES = "sources"
    HANDED_DOWN = "handed_down"
    ACCEPTANCE_ITEM = "acceptance_item"
    REFUSAL = "refusal"
    REFUSAL_REVIEW = "refusal_review"
    TRANSFER = "transfer"
    ADVERTISING = "advertising"
    ENDING = "ending"
    MISSING_FACTS = "missing_facts"
    HANDING_OVER = "handing_over"
    DANGER = "danger"
    ELEMENTS = "elements"
    LEFT_RECORDS = "left_records"
    CALLERS = "callers"
    REPEAT_CONTACT = "repeat_contact"
    WITHDRAWAL = "withdrawal"
    ABUSE = "abuse"
    KNOWLEDGE = "knowledge"
    JOINING = "joining"
    WAYS = "ways"
    WAY = "way"
    CONNECTING = "connecting"
    ASSISTING = "assisting"
    DESIGNATION = "designation"
    RULINGS = "rulings"
    SUBMITTING = "submitting"
    URGENT_REPORT = "urgent_report"
    RECEIVING = "receiving"
    FIRST_CONTACT = "first_contact"
    INVESTIGATION = "investigation"
    FOLLOW_UP = "follow_up"
    SPOT_CHECK = "spot_check"
    CARDS = "cards"
    SUPERVISION = "supervision"
    ARCHIVE = "archive"
    RETENTION = "retention"
    ASSESSMENT = "assessment"
    RESPONSIBILITY = "responsibility"
    TRIAL_CALLS = "trial_calls"
    OWN_NOTICES = "own_notices"
    SIGN_FOR = "sign_for"
    PAPER = "paper"
    LIMIT = "limit"
    CONTACT_AFTER_SIGNING = "contact_after_signing"
    URGENT = "urgent"
    EXTENSION = "extension"
    EXPLAINED = "explained"
    LETTER_ELEMENTS = "letter_elements"
    REDO = "redo"
    SIGN_OFF = "sign_off"
    AFTER_BOUNCE = "after_bounce"
    RETURN_OF_ORDERS = "return_of_orders"
    FINDING = "finding"
    MEASURES = "measures"
    WEBSITE = "website"
    PUBLISHED_BY_DEFAULT = "published_by_default"
    NON_PUBLICATION = "non_publication"
    PUBLICATION_WISHES = "publication_wishes"
    PUBLISH_WHEN = "publish_when"
    PUBLISH_NEVER = "publish_never"
    MASKING = "masking"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a provision holds: the values it must have, those it may have, and whether several clauses may fill it."""

    values: Mapping[str, Check]
    may: Mapping[str, Check] | None = None
    many: bool = False

    def check_of(self, key: str) -> Check | None:
        """The type of the value `key`; None where the provision knows no such value."""
        return self.values.get(key) or (self.may or {}).get(key)


LEVEL = c.Check("级别（正整数）", lambda v, n: c.COUNT.holds(v, n))

SHAPES: Mapping[Name, Shape] = {
    Name.SERVICE: Shape({"number": c.TEXT, "round_the_clock": c.FLAG, "kinds": c.list_of(c.KIND),
                         "emergency_numbers": c.TERMS}),  # fmt: skip
    Name.PASSING_ON: Shape({"kinds": c.list_of(c.KIND), "told": c.TEXT}),
    Name.CENTRES: Shape({"front": c.TERMS, "back": c.TERMS, "acts": c.TEXTS}),
    Name.LEVELS: Shape({"names": c.table_of(LEVEL, c.TEXT)}),
    Name.LEVEL_DUTIES: Shape({"level": LEVEL, "acts": c.TEXTS}, many=True),
    Name.OFFICE_DATES: Shape(dict.fromkeys((
        "phone_dispatch_minutes", "web_dispatch_working_days", "urgent_dispatch_minutes", "review_working_days",
        "return_working_days", "urgent_return_minutes", "leader_reminder_working_days"), c.COUNT)),  # fmt: skip
    Name.CHANGE_OF_KIND: Shape({"least_working_days": c.COUNT}),
    Name.DATE_SHIFT: Shape({"ordered_by": c.ROLE, "ordered_at": c.DESK_OR_NONE, "document_required": c.FLAG}),
    Name.COMPLAINT_AGAINST: Shape({"handled_by": c.TERMS}),
    Name.SOURCES: Shape({"sorts": c.TERMS, "fed_back": c.TEXTS, "important": c.TEXTS}),
    Name.HANDED_DOWN: Shape({"working_days_before_parent": c.COUNT}),
    Name.ACCEPTANCE_ITEM: Shape({"term": c.TEXT}, many=True),
    Name.REFUSAL: Shape(
        {**dict.fromkeys(("term", "told", "channel"), c.TEXT), "numbers": c.list_of(c.TEXT, least=0),
         "approver": c.APPROVER_OR_NONE, **dict.fromkeys(("ask_first", "hand_over", "lock_text"), c.FLAG)},
        many=True,
    ),  # fmt: skip
    Name.REFUSAL_REVIEW: Shape(dict.fromkeys(
        ("decide_working_days", "ask_calendar_days", "review_working_days"), c.COUNT)),  # fmt: skip
    Name.ADVERTISING: Shape({"reason": c.TEXT}),
    Name.TRANSFER: Shape({"means": c.TERMS, "told": c.TEXT}),
    Name.ENDING: Shape({"decide_working_days": c.COUNT, "channels": c.TERMS}),
    Name.MISSING_FACTS: Shape({"tries": c.COUNT}),
    Name.HANDING_OVER: Shape({"means": c.TERMS, "kind": c.KIND}),
    Name.DANGER: Shape({"words": c.TEXTS, "minutes": c.COUNT}),
    Name.ELEMENTS: Shape({"terms": c.RECORD_ELEMENTS}),
    Name.LEFT_RECORDS: Shape({"minutes": c.COUNT}),
    Name.CALLERS: Shape({"sorts": c.CALLER_TERMS}),
    Name.REPEAT_CONTACT: Shape({"one_kind_per_matter": c.FLAG, **dict.fromkeys(
        ("open_same_facts", "closed_same_facts", "closed_new_facts", "archived_new_facts"), c.TEXT)}),  # fmt: skip
    Name.WITHDRAWAL: Shape({"decide_working_days": c.COUNT, "kept_alive_by": c.KEPT_ALIVE_TERMS}),
    Name.ABUSE: Shape({"sorts": c.TERMS, "longest_calendar_days": c.COUNT, "decide_working_days": c.COUNT}),
    Name.KNOWLEDGE: Shape({"sorts": c.TERMS, "kinds": c.list_of(c.KIND), **dict.fromkeys(
        ("longest_calendar_days", "ask_calendar_days", "decide_working_days"), c.COUNT)}),  # fmt: skip
    Name.JOINING: Shape({"shows": c.one_of(c.JOINED_SHOWS), "promise": c.one_of(c.JOINED_PROMISES)}),
    Name.WAYS: Shape({"order": c.TEXTS}),
    Name.WAY: Shape({"id": c.TEXT, "term": c.TEXT, "needs": c.TERMS}, many=True),
    Name.CONNECTING: Shape({"means": c.TERMS, "kinds": c.list_of(c.KIND), "office_hours": c.OFFICE_HOURS}),
    Name.ASSISTING: Shape({"working_days_before_lead": c.COUNT, "least_working_days": c.COUNT}),
    Name.DESIGNATION: Shape({"escalate_working_days": c.COUNT}),
    Name.RULINGS: Shape({"sorts": c.TERMS, "government": c.TEXT}),
    Name.SUBMITTING: Shape({"grounds": c.TEXTS}),
    Name.URGENT_REPORT: Shape({"minutes": c.COUNT, "sorts": c.TERMS, "means": c.TERMS}),
    Name.RECEIVING: Shape({"clerk": c.FLAG, "signers": c.list_of(c.ROLE), "duty_phone": c.FLAG}),
    Name.FIRST_CONTACT: Shape({"working_days": c.COUNT, "tries": c.COUNT, "waivers": c.TERMS}),
    Name.INVESTIGATION: Shape({"means": c.TERMS}),
    Name.FOLLOW_UP: Shape(
        {**dict.fromkeys(("tries", "rating_calendar_days", "redo_working_days", "redos"), c.COUNT),
         "share": c.SHARE, "always": c.TERMS, "grades": c.TEXTS, "aspects": c.ASPECT_TERMS}),  # fmt: skip
    Name.SPOT_CHECK: Shape({"means": c.TERMS}),
    Name.CARDS: Shape(
        {**dict.fromkeys(("reminder_working_days", "reminder_above_working_days", "urgent_yellow_minutes",
                          "yellow_send_backs", "red_send_backs"), c.COUNT),
         "yellow_working_days": c.COUNT_OR_ZERO, "yellow": c.TERMS, "red": c.TERMS}),  # fmt: skip
    Name.SUPERVISION: Shape({"scope": c.TEXTS}),
    Name.ARCHIVE: Shape({"papers": c.TEXTS}),
    Name.RETENTION: Shape({"classes": c.TERMS, "years": c.table_of(c.TEXT, c.COUNT), "usual": c.TEXT, "longer": c.TEXT,
                           "longer_kinds": c.list_of(c.KIND, least=0), "longer_when": c.TERMS}),  # fmt: skip
    Name.ASSESSMENT: Shape({"weights": c.WEIGHTS}),
    Name.RESPONSIBILITY: Shape({"levels": c.list_of(LEVEL), "on_duty": c.TEXTS}),
    Name.TRIAL_CALLS: Shape({"outcomes": c.TERMS, "good": c.TEXTS,
                             **dict.fromkeys(("every_calendar_days", "again_calendar_days"), c.COUNT)}),  # fmt: skip
    Name.OWN_NOTICES: Shape({**dict.fromkeys(("sms", "mail"), c.OWN_NOTICES), "by_day": c.OFFICE_HOURS}),
    Name.SIGN_FOR: Shape({"working_days": c.COUNT, "urgent_minutes": c.COUNT}),
    Name.PAPER: Shape({"means": c.TERMS}),
    Name.LIMIT: Shape({}, may={"working_days": c.COUNT, "minutes": c.COUNT}, many=True),
    Name.CONTACT_AFTER_SIGNING: Shape({"kinds": c.list_of(c.KIND), "working_days": c.COUNT}),
    Name.URGENT: Shape({"calendar_days": c.COUNT_OR_ZERO}),
    Name.EXTENSION: Shape({"working_days_before": c.COUNT, "limits_in_all": c.COUNT, "agreed_by": c.list_of(c.ROLE),
                           "refused_for": c.EXTENSION_GROUND_TERMS}),  # fmt: skip
    Name.EXPLAINED: Shape({"review_months": c.COUNT, "needs": c.TERMS}),
    Name.LETTER_ELEMENTS: Shape({"elements": c.ELEMENTS}, many=True),
    Name.REDO: Shape({"working_days": c.COUNT, "urgent_calendar_days": c.COUNT, "merits": c.TERMS}),
    Name.SIGN_OFF: Shape({"ordinary": c.ROLE, "important": c.ROLE, "important_when": c.TERMS}),
    Name.AFTER_BOUNCE: Shape({"working_days": c.COUNT}),
    Name.RETURN_OF_ORDERS: Shape({"working_days": c.COUNT, "approved_by": c.list_of(c.ROLE), "designate_from": c.COUNT,
                                  "document_mark": c.REGEX}),  # fmt: skip
    Name.FINDING: Shape({"id": c.TEXT, "term": c.TEXT}, may={"consecutive": c.COUNT}, many=True),
    Name.MEASURES: Shape({"own": c.TEXTS, "handed_over": c.TEXTS}),
    Name.WEBSITE: Shape({"name": c.TEXT, "ratings": c.FLAG}),
    Name.PUBLISHED_BY_DEFAULT: Shape({"acceptance": c.FLAG, "result": c.FLAG}),
    Name.NON_PUBLICATION: Shape({"applied_by": c.TEXT, "decided_by": c.TEXT, "online_answer": c.FLAG}),
    Name.PUBLICATION_WISHES: Shape({"wishes": c.TERMS}),
    Name.PUBLISH_WHEN: Shape({"not_wishes": c.TEXTS}),
    Name.PUBLISH_NEVER: Shape({"bars": c.TERMS}),
    Name.MASKING: Shape({"fields": c.list_of(c.one_of(frozenset(c.LETTER_FIELDS)))}),
}
