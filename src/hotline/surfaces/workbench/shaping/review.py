"""审核台成形: a letter as the reviewer's desk shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from hotline.casework import quality
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import SUMMARY, beside
from hotline.casework.records import Contact, Order
from hotline.casework.transitions.base import letter_facts_of
from hotline.casework.transitions.sending_back import PREFIX, WORDS
from hotline.network.roles import TERMS, Role
from hotline.procedure.case import Case
from hotline.procedure.engine import Offer
from hotline.procedure.forms import Problem
from hotline.rules import elements, grounds, letters
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.desk import due_mark
from hotline.surfaces.workbench.shaping.forms import effects, field_view
from hotline.surfaces.workbench.shaping.letters import letters_of, noted
from hotline.surfaces.workbench.shaping.matter import CHANNELS, brief

OrderCase = Case[MatterDossier, Order]
FOUND, MISSING, BY_EYE = "有", "缺", "看"
CONSEQUENCES = {"send_back": "缺的，退回重办", "bounce": "缺的，退单"}
KEYS = "1234567890acdefghnopqrstuxz"  # in the order in which they are shown; the verbs have their own
TEXTS = ("reply", "answer", "publishable")
OPINION = replace(WORDS, label="意见", hint="退回的写哪里不行、要补什么，单位会看到；通过的记为审核意见", required=False)


@dataclass(frozen=True, slots=True)
class Posed:
    """摆在台上的: the case of the first card, what may be done, where it stands, what was typed and what is wrong."""

    case: OrderCase
    offers: Sequence[Offer]
    place: s.Place
    action: str
    data: Mapping[str, Any]
    problems: Sequence[Problem]
    conflict: str = ""
    conflict_lines: Sequence[Any] = ()


def _notes(at: quality.Looked) -> dict[str, str]:
    """What is said of each element that is there: a word, a name, how long it is."""
    body, letter = at.dossier.body, at.letter
    also = beside(body, letter)
    texts = {**{name: body(getattr(letter, f"{name}_id")) for name in TEXTS}, SUMMARY: also.contact_summary}
    return {**{name: f"{len(text)} 字" for name, text in texts.items()}, **noted(letter), **also.signature}


def _signed(at: quality.Looked) -> str:
    """At which level it was signed off, and when."""
    letter = at.letter
    if letter.signed_off_at is None:
        return ""
    role = TERMS[Role(letter.signed_off_role)] if letter.signed_off_role else ""
    return f"{role}，{said.instant(letter.signed_off_at, at.book.tz)}"


def states(at: quality.Looked, facts: Mapping[str, object]) -> dict[str, str]:
    """Of each element, whether it was found; what the unit affirms of itself is judged by eye, and so is
    whatever a hint is about: beside a hint nothing is ever simply there."""
    lacking = {one.field for one in letters.missing(at.book, facts)}
    affirmed = {f for p in at.book.provisions("letter_elements") for f, e in p.values["elements"].items()
                if e["rule"] == "affirmed"}  # fmt: skip
    found = {name: BY_EYE if name in affirmed else FOUND for name in letters.fields(at.book)}
    signed = FOUND if at.letter.signed_off_at else MISSING
    looked = {name for hint in quality.hints(at) for name in hint.about} & found.keys()
    return {**found, **dict.fromkeys(looked, BY_EYE), **dict.fromkeys(lacking, MISSING), grounds.SIGN_OFF: signed}


def _why(at: quality.Looked) -> dict[str, str]:
    """Of each element that a hint is about, why it wants a look."""
    found: dict[str, list[str]] = {}
    for hint in quality.hints(at):
        for name in hint.about:
            found.setdefault(name, []).append(hint.note)
    return {name: "；".join(notes) for name, notes in found.items()}


def _groups(at: quality.Looked, facts: Mapping[str, object], data: Mapping[str, Any]) -> tuple[s.CheckGroup, ...]:
    """Everything a letter must have, clause by clause, then what only eyes can judge; each with its key."""
    book, keys = at.book, iter(KEYS)
    found_to_be, why, notes = states(at, facts), _why(at), {**_notes(at), grounds.SIGN_OFF: _signed(at)}

    def item(ground: grounds.Ground) -> s.CheckItem:
        state, name = found_to_be.get(ground.id, BY_EYE), PREFIX + ground.id
        note = "，".join(filter(None, (notes.get(ground.id, ""), why.get(ground.id, ""))))
        ticked = data.get(name) in ("1", "on") if data else state == MISSING
        return s.CheckItem(name, ground.term, state, "" if state == MISSING else note, ticked,
                           next(keys, "").upper(), state == MISSING)  # fmt: skip

    asked = {("内容，用眼看", "有问题的，退回重办"): grounds.merits(book)}
    for consequence, found in (("send_back", grounds.elements(book, "send_back")), ("bounce", grounds.bounces(book))):
        for clause in dict.fromkeys(one.clause for one in found):
            asked[clause, CONSEQUENCES[consequence]] = tuple(one for one in found if one.clause == clause)
    places = {clause: at for at, clause in enumerate(book.clauses)}
    groups = sorted((pair for pair in asked.items() if pair[1]), key=lambda pair: places[pair[1][0].clause])
    return tuple(s.CheckGroup("" if title in places else title, consequence, sure(found[0].clause),
                              tuple(map(item, found)))
                 for (title, consequence), found in groups)  # fmt: skip


def _calls(at: quality.Looked) -> tuple[s.CallLine, ...]:
    """The calls and letters after the first, those after the letter was written marked."""
    return tuple(s.CallLine(said.instant(one.at, at.book.tz), CHANNELS.get(one.channel, one.channel),
                            at.dossier.body(one.words_id), one.at > at.letter.drafted_at)
                 for one in at.dossier.all(Contact)[1:])  # fmt: skip


def verb_views(posed: Posed) -> tuple[s.VerbView, ...]:
    """Each outcome with its key; a closed one with its reason."""
    return tuple(s.VerbView(o.card.name(), o.card.term, "", o.verdict.ok, o.card.key, o.verdict.because,
                            None if o.verdict.ok else link(o.verdict.clause), primary=i == 0 and o.verdict.ok)
                 for i, o in enumerate(posed.offers))  # fmt: skip


def _outcomes(posed: Posed) -> tuple[s.FactGroup, ...]:
    """What each open outcome will bring: the new date, how often in a row, the card."""
    case = posed.case
    found = ((o.card.term, effects(replace_card(case, o))) for o in posed.offers if o.verdict.ok)
    return tuple(s.FactGroup(term, facts) for term, facts in found if facts)


def replace_card(case: OrderCase, offer: Offer) -> OrderCase:
    """The same case for another card."""
    return Case(offer.card, case.dossier, case.subject, case.actor, case.now, case.book, case.tools)


def _due(case: OrderCase) -> s.DueMark | None:
    """The office's own date."""
    order, rule = case.subject, case.book.provision("office_dates")
    if order.review_until is None:
        return None
    due = Due(order.review_until, rule.clause, rule.readings)
    return due_mark(case.book, due, order.filed_at or order.received_at, case.now, urgent=order.urgent, short=False,
                    settled_at=order.approved_at)  # fmt: skip


def _form(posed: Posed, groups: Iterable[s.CheckGroup]) -> tuple[s.FormView, s.FieldView]:
    case, named = posed.case, {item.name for group in groups for item in group.items}
    wrong = {p.field: p for p in posed.problems}
    words = field_view(OPINION, case, str(posed.data.get(OPINION.name, "")), wrong.get(OPINION.name))
    words = replace(words, rows=3)
    at_reasons = next((p for name, p in wrong.items() if name in named), None)
    ticks = s.FieldView("reasons", "理由", error=at_reasons.because) if at_reasons else None
    of_all = [p for p in posed.problems if p.field not in named and p.field != OPINION.name]
    return s.FormView(
        "审核台", posed.action, (*([ticks] if ticks else []), words), None, str(uuid4()), case.dossier.head.seq,
        problem="；".join(p.because for p in of_all), conflict=posed.conflict,
        problem_clause=link(next((p.clause for p in of_all if p.clause), None)),
        conflict_lines=tuple(posed.conflict_lines),
    ), words  # fmt: skip


def appeal_facts(book: Rulebook, matter: s.MatterView) -> tuple[s.FactGroup, ...]:
    """Who brought it and what is promised, in brief; the record as it is now."""
    [few] = brief(book, matter.fact_groups)
    record = tuple(group for group in matter.fact_groups if group.title == elements.title(book))
    told = {fact.label for group in record for fact in group.facts}
    return s.FactGroup("诉求人", tuple(fact for fact in few.facts if fact.label not in told)), *record


def review_view(posed: Posed, matter: s.MatterView) -> s.ReviewView:
    """The whole desk."""
    case, letter = posed.case, posed.case.dossier.letter_of(posed.case.subject)
    assert letter is not None, "the desk has looked"
    facts = letter_facts_of(case.dossier, letter)
    at = quality.Looked(case.book, case.dossier, case.subject, letter, case.now)
    groups, shown = _groups(at, facts, posed.data), letters_of(case.book, case.dossier, case.subject)
    form, words = _form(posed, groups)
    hints = tuple(s.HintView(one.said, one.source, link(one.clause)) for one in quality.hints(at))
    matter = replace(matter, fact_groups=appeal_facts(case.book, matter))
    return s.ReviewView(form, matter, posed.place, _due(case), _calls(at), shown[-1], tuple(shown[-2::-1]), hints,
                        groups, words, _outcomes(posed), verb_views(posed))  # fmt: skip
