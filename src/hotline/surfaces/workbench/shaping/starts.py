"""起头 (starts): what a form begins with, so that nothing already known is typed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hotline.casework import answered, submissions
from hotline.casework.letter_texts import beside
from hotline.casework.records import Contact, Designation, Letter
from hotline.casework.transitions.base import letter_facts_of
from hotline.casework.transitions.intake import record_of
from hotline.casework.transitions.sending_back import PREFIX
from hotline.network import desks as network
from hotline.network.records import Person, Unit
from hotline.procedure.case import Case
from hotline.rules import inquiries, letters, rulings

Start = Callable[[Case[Any, Any], Person, Unit], dict[str, Any]]


def _urgency(case: Case[Any, Any]) -> dict[str, Any]:
    """As it was marked before."""
    matter = case.dossier.matter
    return {"urgent": "1" if matter.urgent else "", "urgent_reason": case.dossier.body(matter.urgent_reason_id)}


def _record(case: Case[Any, Any]) -> dict[str, Any]:
    given, absent = record_of(case.dossier.body(case.dossier.all(Contact)[0].record_id))
    return {**given, "absence": next(iter(absent.values()), "")}


def _accept(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    return {**_record(case), **_urgency(case)}


def _amend(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    return {**_record(case), "words": case.dossier.body(case.dossier.matter.words_id)}


def _called(case: Case[Any, Any]) -> dict[str, Any]:
    """The unit that was called last and did not answer; one called before the matter was opened again is forgotten."""
    since, lines = case.dossier.matter.reopened_at, reversed(case.dossier.lines)
    calls = (li.read() for li in lines if li.kind == "connected" and (since is None or li.at >= since))
    last = next(calls, None)
    return {"unit": str(last.facts[0])} if last and last.facts[2] != "answered" else {}


def _dispatch(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    matter = case.dossier.matter
    return {**_called(case), "kind": matter.kind, "secrecy": "1" if matter.secrecy else "",
            "major": "1" if matter.major else "", **_urgency(case)}  # fmt: skip


def _units(written: str) -> dict[str, Any]:
    """Units as a form names them: the lead by its number, the others by their short names."""
    lead, *others = submissions.unit_ids(written) or (None,)
    return {"unit": str(lead or ""), "assisting": "、".join(network.name(one) for one in others)}


def _proposed(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """As the office proposed."""
    waits = submissions.pending(case.dossier)
    return _units(waits.proposed_units if waits else "")


def _meanwhile(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    return {**_dispatch(case, person, unit), **_proposed(case, person, unit)}


def _as_instructed(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    return {**_dispatch(case, person, unit), **_units(submissions.written(submissions.wanted(case.dossier)))}


def _report(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What the lead replied, or what the citizen was told at once."""
    lead, body = case.dossier.lead(), case.dossier.body
    letter = case.dossier.letter_of(lead) if lead else None
    return {"came_of_it": body(letter.reply_id) if letter else body(case.dossier.matter.told_id)}


def _hand_over(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """Taken, by the means that the rulebook names first: seconds count."""
    return {"means": next(iter(case.book.provision("handing_over").values["means"])), "outcome": "taken"}


def _feedback(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What the citizen was answered."""
    return {"feedback": case.dossier.body(answered.text_id(case.dossier))}


def _letter(case: Case[Any, Any], letter: Letter) -> dict[str, Any]:
    body = case.dossier.body
    also = beside(body, letter)
    return {
        "reply": body(letter.reply_id), "answer": body(letter.answer_id), "publishable": body(letter.publishable_id),
        "responds": "1" if letter.responds else "", "no_citation_reason": also.no_citation_reason,
        "citations": "\n".join(" | ".join(row) for row in also.citations),
        "contact_means": letter.contact_means, "contact_summary": also.contact_summary,
        "satisfaction": letter.satisfaction, "truthful": letter.truthful, "publish_opinion": letter.publish_opinion,
        "solved": {True: "yes", False: "no"}.get(letter.solved, "") if letter.solved is not None else "",
        "understanding": letter.understanding, "review_on": letter.review_on or "",
        "publish_reason": also.publish_reason, **also.signature,
    }  # fmt: skip


def _draft(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    earlier = case.dossier.letter_of(case.subject)
    if earlier is not None:
        return _letter(case, earlier)
    return {"responsible_unit": unit.name, "handler_unit": unit.name, "handler_name": person.name,
            "handler_phone": person.phone or unit.phone, "satisfaction": "未表态"}  # fmt: skip


def _send_back(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What the letter lacks is ticked already."""
    letter = case.dossier.letter_of(case.subject)
    missing = letters.missing(case.book, letter_facts_of(case.dossier, letter)) if letter else []
    return {PREFIX + m.field: "1" for m in missing}


def _follow_up(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    return {"means": "phone", "reached": "1"}


def _repeat(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    return {"channel": "phone", "facts": "same"}


def _join(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What the unit will read; of a secret caller the operator writes it anew."""
    matter = case.dossier.matter
    return {} if matter.secrecy else {"words": case.dossier.body(matter.gist_id)}


def _public(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What the units wrote as fit to publish."""
    texts = (case.dossier.body(one.publishable_id) for one in case.dossier.all(Letter) if one.approved_at is not None)
    return {"answer": "\n\n".join(dict.fromkeys(filter(None, texts)))}


def _change_kind(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    return {"kind": case.dossier.matter.kind, "category": case.dossier.matter.category}


def _ruling(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What the government designated, or whoever has it now."""
    designated = [row for row in case.dossier.all(Designation) if row.designated_unit_id is not None]
    lead, sorts = case.dossier.lead(), rulings.sorts(case.book)
    sort = next((one for one in sorts if rulings.of_government(case.book, one) == bool(designated)), "")
    unit_id = designated[-1].designated_unit_id if designated else lead.unit_id if lead else ""
    document = case.dossier.body(designated[-1].document_id) if designated else ""
    return {"sort": sort, "unit": unit_id, "category": case.dossier.matter.category, "document": document}


def _looked(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """Today, by whoever writes it down, by the means that the rulebook names first."""
    means = next(iter(inquiries.means(case.book, case.card.rests_on)))
    return {"looked_on": case.book.calendar.day_of(case.now), "means": means, "who": person.name}


def _transfer(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """By the means that the rulebook names first."""
    return {"means": next(iter(case.book.provision("transfer").values["means"]))}


def _praise(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What was said; of a secret caller the operator writes it anew."""
    matter = case.dossier.matter
    return {} if matter.secrecy else {"words": case.dossier.body(matter.gist_id)}


_STARTS: Mapping[str, Start] = {
    "accept": _accept,
    "accept_after_all": _accept,
    "amend_record": _amend,
    "record_repeat": _repeat,
    "join_matter": _join,
    "dispatch": _dispatch,
    "dispatch_on_paper": _dispatch,
    "dispatch_meanwhile": _meanwhile,
    "dispatch_as_instructed": _as_instructed,
    "instruct": _proposed,
    "hand_over": _hand_over,
    "report_to_leader": _report,
    "feed_back": _feedback,
    "change_kind": _change_kind,
    "prepare_publication": _public,
    "draft_reply": _draft,
    **dict.fromkeys(("record_investigation", "check_on_site"), _looked),
    "pass_on_praise": _praise,
    "transfer_elsewhere": _transfer,
    "record_ruling": _ruling,
    "follow_up": _follow_up,
    "send_back": _send_back,
    "bounce": _send_back,
}


def start_of(case: Case[Any, Any], person: Person, unit: Unit) -> dict[str, Any]:
    """What this card's form begins with here."""
    start = _STARTS.get(case.card.name())
    return start(case, person, unit) if start else {}
