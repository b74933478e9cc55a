"""引擎 (engine): checks a card and lives it on a dossier in memory. The database, the loader and the tests share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.procedure import ledger
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.card import LINES, Card, cards_for
from hotline.procedure.case import Case, Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.forms import FormErrors, taken
from hotline.procedure.ledger import LineMeta
from hotline.procedure.records import Record, changed
from hotline.procedure.writeset import WriteSet
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear
from hotline.rules.verdicts import Due, Verdict

SYSTEM = Actor("system")
CLOCK = Actor("clock")


class Refused(Exception):
    """不能办: refused. `verdict` says why, with the clause; `step` which check: post, reach, not_by, status, guard."""

    def __init__(self, verdict: Verdict, step: str):
        super().__init__(f"{step}: {verdict.clause}")
        self.verdict, self.step = verdict, step


class Conflict(Exception):
    """别人先办了: the matter moved on since the person's page was made. `lines` are what they have not seen."""

    def __init__(self, lines: Sequence[LineMeta]):
        super().__init__("moved on")
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Offer:
    """可办: a card on a subject, whether its door is open now, and until when it stays open where something says."""

    card: type[Card]
    subject: Record
    verdict: Verdict
    until: Due | None = None


def _no(case: Case[Any, Any], because: str, step: str) -> tuple[Verdict, str]:
    provision = case.card.provision(case.book)
    clause = case.card.section(case.book) or provision.clause
    return Verdict(False, clause, because, provision.readings), step


def _done_by_them(case: Case[Any, Any]) -> list[type[Card]]:
    """Of the cards that another person must have performed, those that this one did."""
    kinds = {card.ledger.kind for card in case.card.not_by}
    mine, about = case.actor.persons(), case.dossier.counted_with(case.subject)
    theirs = {line.kind for line in case.dossier.lines
              if line.kind in kinds and line.subject_id in about and mine & line.persons()}  # fmt: skip
    return [card for card in case.card.not_by if card.ledger.kind in theirs]


def _may_act(case: Case[Any, Any]) -> tuple[Verdict, str] | None:
    card = case.card
    if case.actor.role not in card.by:
        return _no(case, f"您现在的岗位不办“{card.term}”。", "post")
    if not card.creates and not case.dossier.within(card.reach, case.subject, case.actor):
        return _no(case, "这件事不归您的单位办。", "reach")
    return _other_person(case)


def _other_person(case: Case[Any, Any]) -> tuple[Verdict, str] | None:
    card = case.card
    if not card.not_by or not (theirs := _done_by_them(case)):
        return None
    terms = "、".join(c.term for c in theirs)
    return _no(case, f"“{terms}”是您经手的，“{card.term}”须由另一人办。", "not_by")


def _status_open(case: Case[Any, Any]) -> bool:
    moves = case.card.moves
    return case.card.creates or getattr(case.subject, "status", "") in moves.from_


def _no_calendar(case: Case[Any, Any], missing: UncoveredYear) -> tuple[Verdict, str]:
    return _no(case, f"{missing}。", "calendar")


def judge(case: Case[Any, Any]) -> tuple[Verdict, str]:
    """Post, reach, other person, status and whether there is anything to act on, guard: the first no, or yes."""
    if no := _may_act(case) or _in_status(case):
        return no
    if (nothing := case.card.pertains(case)) is not None and not nothing.ok:
        return nothing, "status"
    return _door(case)


def _in_status(case: Case[Any, Any]) -> tuple[Verdict, str] | None:
    if _status_open(case):
        return None
    return _no(case, f"{case.dossier.said_of(case.subject) or '现在的状态'}，不能“{case.card.term}”。", "status")


def _door(case: Case[Any, Any]) -> tuple[Verdict, str]:
    try:
        verdict = case.card.guard(case)
    except UncoveredYear as missing:
        return _no_calendar(case, missing)
    if verdict is not None and not verdict.ok:
        return verdict, "guard"
    return Verdict(True, case.card.provision(case.book).clause, ""), ""


def offers(dossier: Dossier, actor: Actor, now: datetime, book: Rulebook, tools: Tools) -> list[Offer]:
    """Every card that this post may perform here, open or greyed with its reason. Cards of other posts are left out.
    What `judge` asks of each is asked once: of the post for all cards, of the reach for all cards of a subject."""
    found, subjects, within = [], dossier.subjects(), dict[tuple[Reach, int], bool]()
    for card in cards_for(dossier.CHAIN, actor.role):
        for subject in subjects:
            if not isinstance(subject, card.moves.record):
                continue
            there = within.get((card.reach, subject.id))
            if there is None:
                there = within[card.reach, subject.id] = dossier.within(card.reach, subject, actor)
            if there and (offer := _offer(Case(card, dossier, subject, actor, now, book, tools))):
                found.append(offer)
    return found


def _offer(case: Case[Any, Any]) -> Offer | None:
    """A card on a subject that the post reaches; None where there is nothing it could be about."""
    card = case.card
    if (nothing := card.pertains(case)) is not None and not nothing.ok:
        return None
    verdict = (_other_person(case) or _in_status(case) or _door(case))[0]
    return Offer(card, case.subject, verdict, card.until(case) if verdict.ok else None)


def unseen(dossier: Dossier, subject: Record, seen_seq: int) -> list[LineMeta]:
    """Lines the person has not seen that matter to this subject."""
    about = (subject.id, dossier.chain.id)
    later = (line for line in dossier.lines if line.seq > seen_seq and line.subject_id in about)
    return [line for line in later if LINES[line.kind].disturbs]


def _live(case: Case[Any, Any]) -> None:
    """Change, line, messages of one card; the dossier is brought up to date."""
    if case.card.moves.to and not case.card.creates:
        case.out.update(case.subject, {"status": case.card.moves.to})
    facts = case.card.change(case)
    before = case.dossier.dues() if case.out.touches("due_at") else None
    case.dossier.apply(WriteSet(inserts=case.out.inserts, updates=case.out.updates, deletes=case.out.deletes))
    if before is not None and case.card.deadline.broken_by(before, case.dossier.dues()):
        raise AssertionError(f"{case.card.__name__}: deadline is not {case.card.deadline.effect}")
    line, _ = ledger.write(case.dossier.chain, case.dossier.head, case.now, case.draft(facts), case.actor)
    case.out.lines.append(line)
    case.dossier.apply(WriteSet(lines=[line]))
    case.card.notices(case)


def merge(into: WriteSet, out: WriteSet) -> None:
    """Add what came later to a write-set."""
    into.inserts += out.inserts
    into.lines += out.lines
    into.messages += out.messages
    into.deletes += out.deletes
    into.echoes += out.echoes
    for key, changes in out.updates.items():
        into.updates.setdefault(key, {}).update(changes)
    if into.inserts and into.updates and into.updates.keys() & {(type(r), r.id) for r in into.inserts}:
        _fold(into)


def _fold(out: WriteSet) -> None:
    """Fold changes of rows that are new in the same write-set into the rows themselves."""
    for i, row in enumerate(out.inserts):
        if changes := out.updates.pop((type(row), row.id), None):
            out.inserts[i] = changed(row, changes)


def _take(case: Case[Any, Any], data: Mapping[str, Any]) -> None:
    """The form, cleaned. Raises FormErrors: all that is wrong at once, with what the card can say although some of the
    fields are wrong."""
    case.form, problems = taken(case.card.fields(case.book), data, case)
    if problems:
        told = {problem.field for problem in problems}
        raise FormErrors([*problems, *(one for one in case.card.besides(case) if one.field not in told)])
    if wrong := case.card.accepts(case):
        raise FormErrors(wrong)


def _perform(case: Case[Any, Any], data: Mapping[str, Any]) -> WriteSet:
    verdict, step = judge(case)
    if not verdict.ok:
        raise Refused(verdict, step)
    _take(case, data)
    _live(case)
    whole = case.out
    for card, subject in case.card.then(case):
        fresh = case.dossier.fresh(subject)
        following = Case(card, case.dossier, fresh, SYSTEM, case.now, case.book, case.tools)
        merge(whole, _perform(following, {}))
    return whole


def live(case: Case[Any, Any], data: Mapping[str, Any]) -> WriteSet:
    """Perform a card and its consequences on the dossier in memory. Raises Refused, FormErrors; the dossier is
    then spent and must be loaded again."""
    return live_all(case.dossier, case.book, [(case, data)])


def _covered(case: Case[Any, Any], data: Mapping[str, Any]) -> WriteSet:
    try:
        return _perform(case, data)
    except UncoveredYear as missing:
        raise Refused(*_no_calendar(case, missing)) from missing


def live_all(dossier: Dossier, book: Rulebook, acts: Iterable[tuple[Case[Any, Any], Mapping[str, Any]]]) -> WriteSet:
    """Perform several acts on one dossier, one after the other, each seeing what the one before it did: `acts` may be
    a generator that decides then. Without any act, only the instants of the next decisions are put right."""
    whole, decisions = WriteSet(), WriteSet()
    for case, data in acts:
        merge(whole, _covered(case, data))
    for row, changes in dossier.next_decisions(book):
        decisions.update(row, changes)
    dossier.apply(decisions)
    merge(whole, decisions)
    return whole
