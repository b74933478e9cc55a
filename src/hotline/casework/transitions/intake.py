"""受理 (intake): register a citizen's words, accept the matter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hotline.casework.numbers import matter_number, query_code
from hotline.casework.records import Contact, Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions import alarming, callers, linking
from hotline.casework.transitions.attaching import FILES, attach, unusable
from hotline.casework.transitions.base import (
    URGENCY,
    AnyCase,
    MatterCard,
    MatterCase,
    clauses_of,
    kind_choices,
    problems_of,
    urgency_columns,
    urgency_problems,
    write_text,
)
from hotline.casework.transitions.sorting import SORTED, said_category, sorted_out
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem, headed
from hotline.procedure.records import Record
from hotline.rules import dating, elements, office
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear

# How an element is asked for whose meaning is known here; of any other, in plain lines.
HINTS = {"time": "什么时候发生的", "place": "在哪里", "people": "涉及谁", "cause": "为了什么事",
         "course": "怎样发生的", "outcome": "现在怎样、希望怎样"}  # fmt: skip
SHORT = ("time", "place", "people")
LENGTHS = {**dict.fromkeys(SHORT, 200), "course": 20000}
ABSENCE = Field("absence", "缺要素的原因", required=False, hint="有要素说不清时，写明原因")
CODES = (2, 4, 6, 9, 12)  # digits: province, city, county, township, and a township as the statistics write it
AREA = Field("area", "县区、乡镇", "place", required=False, max_length=12, hint="事情在哪里")
COMMUNITY = Field("community", "村、社区", required=False, max_length=30, hint="乡镇以下，不写门牌")
WEB = office.WEB
CHANNELS = ((office.PHONE, "电话"), (WEB, "网络"), ("letter", "来信"), ("paper", "来函"))


def _element(id_: str, term: str) -> Field:
    kind, length = "text" if id_ in SHORT else "textarea", LENGTHS.get(id_, 2000)
    return Field(id_, term, kind, required=False, max_length=length, hint=HINTS.get(id_, ""))


def element_fields(book: Rulebook) -> tuple[Field, ...]:
    """The elements of the record as the rulebook names them, and why one is absent."""
    asked = [_element(id_, term) for id_, term in elements.terms(book).items()]
    return headed(elements.title(book), [*asked, ABSENCE], "说不清的可以空着，但要写明原因")


def wish_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The citizen's possible wishes about publication."""
    return list(case.book.provision("publication_wishes").values["wishes"].items())


def item_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The acceptance items, by clause."""
    return [(p.clause, p.values["term"]) for p in case.book.provisions("acceptance_item")]


def record_of(body: str) -> tuple[dict[str, str], dict[str, str]]:
    """The elements and the reasons of those absent, from the record's text."""
    data = json.loads(body) if body else {}
    return data.get("elements", {}), data.get("absences", {})


def _record(case: AnyCase, before: Mapping[str, str], absences: Mapping[str, str]) -> str:
    form = case.form
    given = {name: form.get(name) or before.get(name, "") for name in elements.terms(case.book)}
    reason = form.get("absence", "")
    absent = {n: reason or absences.get(n, "") for n in given if not given[n] and (reason or absences.get(n))}
    return json.dumps({"elements": given, "absences": absent}, ensure_ascii=False)


def area_problems(case: AnyCase) -> list[Problem]:
    """A code it is or nothing: words in its place could tell who somebody is, and so could a telephone number."""
    code = case.form["area"]
    fine = not code or (code.isascii() and code.isalnum() and (not code.isdigit() or len(code) in CODES))
    return [] if fine else [Problem("area", "没有这个县区、乡镇，请从列出的里面选。")]


def incomplete(case: AnyCase, body: str) -> list[Problem]:
    """The elements that a record neither gives nor excuses."""
    return problems_of(elements.missing(case.book, *record_of(body)))


class Register(MatterCard):
    """登记: a citizen's words become a matter with a number (四（一）段1)."""

    term = "登记"
    rests_on = "elements"
    by = (Role.CITIZEN, Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.OWN
    moves = moves(Matter, (), S.REGISTERED)
    form = (
        Field("kind", "种类", "choice", choices=kind_choices),
        Field("gist", "要点", max_length=120, hint="一句话说清是什么事"),
        Field("words", "诉求人的话", "textarea", max_length=20000, hint="照原话记"),
        element_fields,
        AREA,
        COMMUNITY,
        *callers.FIELDS,
        Field("secrecy", "要求保密", "flag", required=False),
        Field("publish_wish", "是否愿意公开", "choice", choices=wish_choices),
        Field("channel", "来源", "choice", choices=CHANNELS),
        *URGENCY,
        Field("entered_late", "补录旧件", "flag", required=False),
        FILES,
        *linking.FIELDS,
    )
    deadline = UNCHANGED
    ledger = Line("registered", ("number", "channel", "secrecy", "publish_wish", "rulebook",
                                 "entered_late", "citizen_id", "promised_at", "promised_clause",
                                 "urgent", "caller"))  # fmt: skip
    creates = True
    draws = ("serial",)
    needs = ("citizen", "files", "first", alarming.WORDS)

    @classmethod
    def beside(cls, case: AnyCase) -> Sequence[int]:
        """The matter it is registered beside, if it is."""
        first = linking.found(case)
        return (first.matter_id,) if first else ()

    @classmethod
    def besides(cls, case: AnyCase) -> Sequence[Problem]:
        """An operator's record has all elements or says why not; a citizen's is completed at acceptance."""
        beside = linking.problems(case) if case.form["relation"] else []  # one that is none is told at its field
        wrong = [*unusable(case), *area_problems(case), *beside, *callers.problems(case)]
        if case.actor.role == Role.CITIZEN:
            return wrong
        return [*wrong, *incomplete(case, _record(case, {}, {})), *urgency_problems(case)]

    @classmethod
    def accepts(cls, case: AnyCase) -> Sequence[Problem]:
        """All of that; and a citizen writes on the site, and leaves it to others to say what is urgent."""
        wrong = cls.besides(case) or ([] if case.form["relation"] else linking.problems(case))
        if wrong or case.actor.role != Role.CITIZEN:
            return wrong
        if case.form["urgent"]:
            return [Problem("urgent", "是否紧急由受理员判断。", case.book.provision("urgent").clause)]
        own = case.form["channel"] == WEB
        return () if own else [Problem("channel", "来电由受理员登记。", cls.provision(case.book).clause)]

    @classmethod
    def clauses(cls, case: AnyCase) -> tuple[str, ...]:
        """The elements; for an urgent matter also the office's own date."""
        return (*super().clauses(case), *(clauses_of(case, "urgent", "office_dates") if case.form["urgent"] else ()))

    @classmethod
    def change(cls, case: AnyCase) -> Mapping[str, Any]:
        """Texts, citizen, contact and matter; the query code goes to the page alone."""
        form, matter_id = case.form, case.dossier.chain.id
        gist, words = write_text(case, "gist", form["gist"]), write_text(case, "words", form["words"])
        record = write_text(case, "record", _record(case, {}, {}))
        if form["community"]:
            write_text(case, COMMUNITY.name, form["community"])
        contact = _contact(case, record)
        channel = contact.channel
        code = query_code(case.tools.random)
        secrecy = form["secrecy"] or case.book.kind(form["kind"]).confidential  # who denounces is always kept secret
        promised = first_promise(case, form["kind"], channel)
        number = matter_number(case.book.calendar.day_of(case.now), case.tools.extra["serial"])
        case.tools.extra = {**case.tools.extra, "code": code, "number": number}
        matter = Matter(
            matter_id, S.REGISTERED, number, case.book.id, channel, form["kind"], secrecy,
            form["publish_wish"], case.now, gist, words, case.tools.keys.code_index(number + code),
            entered_late=form["entered_late"], **urgency_columns(case), **promised,
            dispatch_until=dispatch_at_once(case, channel) if form["urgent"] else None, area=form["area"],
        )  # fmt: skip
        case.insert(matter)
        case.insert(contact)
        attach(case)
        return {"number": number, "channel": matter.channel,
                "secrecy": matter.secrecy, "publish_wish": matter.publish_wish, "rulebook": matter.rulebook,
                "entered_late": matter.entered_late, "citizen_id": contact.citizen_id,
                "promised_at": matter.promised_at, "promised_clause": matter.promised_clause,
                "urgent": matter.urgent, "caller": callers.sort_of(case)}  # fmt: skip

    @classmethod
    def notices(cls, case: AnyCase) -> None:
        """The citizen gets the number by SMS, known already or not."""
        citizen_id = case.dossier.all(Contact)[0].citizen_id
        if citizen_id is not None and (case.form["phone"] or linking.found(case)):
            case.tell("registered", "citizen", citizen_id, matter_id=case.dossier.chain.id)

    @classmethod
    def then(cls, case: AnyCase) -> Sequence[tuple[type[Card], Record]]:
        """One that is registered beside another refers to it; words of danger are told at once."""
        return [*linking.then(case), *alarming.heard_in_record(case)]


def _contact(case: AnyCase, record_id: int) -> Contact:
    """The call or letter: one on record already, or a new one; whoever calls about what is final need not say once more
    who they are."""
    if linking.of_same_call(case):
        return linking.same_call(case, record_id)
    first, form = linking.found(case), case.form
    untold = not (form["name"] or form["phone"] or form["caller"])
    citizen_id = first.citizen_id if first and untold else callers.caller(case)
    return Contact(case.tools.ids.next(), case.dossier.chain.id, case.tools.ids.next(), citizen_id, form["channel"],
                   case.now, record_id, anonymous=citizen_id is None or callers.unnamed(case))  # fmt: skip


def first_promise(case: AnyCase, kind: str, channel: str) -> dict[str, Any]:
    """What can be promised before dispatch, as the matter keeps it: the kind's limit after the office's own latest
    dispatch, which is just before its date. Nothing yet where a calendar is missing: intake never closes."""
    basis = (dating.registered(kind, case.now, channel),)
    try:
        due = dating.fold(case.book, basis)
    except UncoveredYear:
        due = None
    return {"promised_at": due.at if due else None, "promised_clause": due.clause if due else None,
            "promise_basis": dating.written(basis)}  # fmt: skip


def dispatch_at_once(case: AnyCase, channel: str) -> datetime:
    """Until when an urgent matter is to be dispatched: counted from its registration (R-08)."""
    return office.dispatch_until(case.book, case.now, channel, urgent=True).at


def record_now(case: AnyCase) -> str:
    """The matter's record with what the form says of it."""
    contact = case.dossier.all(Contact)[0]
    return _record(case, *record_of(case.dossier.body(contact.record_id)))


def newer_record(case: AnyCase, contact: Contact) -> int:
    """The number of the record as it is now: a new text beside the first one, where the form says it otherwise."""
    body = record_now(case)
    if body == case.dossier.body(contact.record_id):
        return contact.record_id
    record_id = write_text(case, "record", body)
    case.update(contact, record_id=record_id, first_record_id=contact.first_record_id or contact.record_id)
    return record_id


class Accept(MatterCard):
    """受理: the matter falls under an item of 三（一）, and its record is complete."""

    term = "受理"
    key = "A"
    rests_on = "acceptance_item"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REGISTERED,), S.ACCEPTED)
    form = (
        Field("item", "受理项", "choice", choices=item_choices),
        Field("category", "类别", required=False, max_length=60),
        *URGENCY,
        element_fields,
    )
    deadline = UNCHANGED
    ledger = Line("accepted", ("item", "dispatch_until", "record_id", "urgent", "category"))
    needs = SORTED

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The item itself, the elements, and the office's own date."""
        return (case.form["item"], case.book.provision("elements").clause, *clauses_of(case, "office_dates"))

    @classmethod
    def besides(cls, case: MatterCase) -> Sequence[Problem]:
        """The elements, each given or its absence explained (四（一）段1); a category that there is."""
        return [*sorted_out(case), *incomplete(case, record_now(case)), *urgency_problems(case)]

    accepts = besides

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The completed record is a new text; the first one stays."""
        start = case.subject.supplied_at or case.subject.registered_at if case.form["urgent"] else case.now
        return accepted(case, start)


def accepted(case: MatterCase, start: datetime) -> dict[str, Any]:
    """A matter is taken under the item and with the record that the form gives; the office's date for dispatching
    counts from `start`. The facts that say so."""
    record_id = newer_record(case, case.dossier.all(Contact)[0])
    until = office.dispatch_until(case.book, start, case.subject.channel, urgent=case.form["urgent"])
    item, category = case.form["item"], case.form["category"]
    facts = {"item": item, "dispatch_until": until.at, "record_id": record_id, "urgent": case.form["urgent"],
             "category": said_category(case)}  # fmt: skip
    case.update(case.subject, item=item, category=category, accepted_at=case.now, dispatch_until=until.at,
                **urgency_columns(case))  # fmt: skip
    return facts
