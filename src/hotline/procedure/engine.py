"""引擎 (engine): checks a card and lives it on a dossier in memory. The database, the loader and the tests share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.procedure import ledger
from hotline.procedure.actor import Actor
from hotline.procedure.card import LINES, Card, cards_of
from hotline.procedure.case import Case, Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.forms import FormErrors, parse
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
    return Verdict(False, provision.clause, because, provision.readings), step


def _same_person(case: Case[Any, Any]) -> bool:
    kinds = {card.ledger.kind for card in case.card.not_by}
    mine, about = case.actor.persons(), case.dossier.counted_with(case.subject)
    return any(mine & line.persons() for line in case.dossier.lines
               if line.kind in kinds and line.subject_id in about)  # fmt: skip


def _may_act(case: Case[Any, Any]) -> tuple[Verdict, str] | None:
    card = case.card
    if case.actor.role not in card.by:
        return _no(case, f"您现在的岗位不办“{card.term}”。", "post")
    if not card.creates and not case.dossier.within(card.reach, case.subject, case.actor):
        return _no(case, "这件事不归您的单位办。", "reach")
    if card.not_by and _same_person(case):
        terms = "、".join(c.term for c in card.not_by)
        return _no(case, f"“{terms}”是您经手的，“{card.term}”须由另一人办。", "not_by")
    return None


def _status_open(case: Case[Any, Any]) -> bool:
    moves = case.card.moves
    return case.card.creates or getattr(case.subject, "status", "") in moves.from_


def _no_calendar(case: Case[Any, Any], missing: UncoveredYear) -> tuple[Verdict, str]:
    return _no(case, f"{missing}。", "calendar")


def judge(case: Case[Any, Any]) -> tuple[Verdict, str]:
    """Post, reach, other person, status and whether there is anything to act on, guard: the first no, or yes."""
    if no := _may_act(case):
        return no
    if not _status_open(case):
        return _no(case, f"{case.dossier.said_of(case.subject) or '现在的状态'}，不能“{case.card.term}”。", "status")
    if (nothing := case.card.pertains(case)) is not None and not nothing.ok:
        return nothing, "status"
    try:
        verdict = case.card.guard(case)
    except UncoveredYear as missing:
        return _no_calendar(case, missing)
    if verdict is not None and not verdict.ok:
        return verdict, "guard"
    return Verdict(True, case.card.provision(case.book).clause, ""), ""


def _fits(card: type[Card], subject: Record) -> bool:
    return not card.creates and isinstance(subject, card.moves.record)


def offers(dossier: Dossier, actor: Actor, now: datetime, book: Rulebook, tools: Tools) -> list[Offer]:
    """Every card that this post may perform here, open or greyed with its reason. Cards of other posts are left out."""
    found = []
    for card in cards_of(dossier.CHAIN):
        if actor.role not in card.by:
            continue
        for subject in dossier.subjects():
            if _fits(card, subject) and dossier.within(card.reach, subject, actor):
                case = Case(card, dossier, subject, actor, now, book, tools)
                if (nothing := card.pertains(case)) is None or nothing.ok:
                    verdict = judge(case)[0]
                    found.append(Offer(card, subject, verdict, card.until(case) if verdict.ok else None))
    return found


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


def _perform(case: Case[Any, Any], data: Mapping[str, Any]) -> WriteSet:
    verdict, step = judge(case)
    if not verdict.ok:
        raise Refused(verdict, step)
    case.form = parse(case.card.fields(case.book), data, case)
    if problems := case.card.accepts(case):
        raise FormErrors(problems)
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
