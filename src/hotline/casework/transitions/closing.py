"""回访与归档 (closing): draw lots, follow up, close, archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import explained, inquiries, jointly, retaining
from hotline.casework.falling_due import owes
from hotline.casework.records import Citizen, Matter, Revisit
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.alarming import WORDS, heard
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, tell_callers, write_text
from hotline.casework.transitions.overtaken import set_aside
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import callers, contacts, follow_up, retention, spoken
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

RATING, PHONE, AT_ONCE = "rating", "phone", "at_once"  # that one right after a direct answer (`rating_at_once`)
VIA = ((PHONE, "电话"), (RATING, "诉求人评价"), ("sms", "短信"))
SOLVED = (("yes", "解决了"), ("no", "没有解决"))
ANSWERS = ("solved", *follow_up.ASPECTS)


class Close(MatterCard):
    """办结: the consequence of a direct answer, an approval or a follow-up; nobody presses it (R-12)."""

    term = "办结"
    rests_on = "follow_up"
    by = (Role.SYSTEM, Role.CLOCK)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ANSWERED, S.REPLIED), S.CLOSED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("closed", ("satisfied",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The instant is kept; what the desk answered at once answers what is joined to it too; praise is not rated."""
        case.update(case.subject, closed_at=case.now)
        if case.subject.status == S.ANSWERED:
            jointly.answer_all(case, rated=case.subject.rating_until is not None)
        return {"satisfied": case.subject.satisfied}


class Settle(MatterCard):
    """审核完毕: all orders approved; it is drawn whom to follow up, and why (四（四）段1, R-12)."""

    term = "抽取回访"
    rests_on = "follow_up"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.IN_HAND,), S.REPLIED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("settled", ("drawn", "because", "seed", "rating_until"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The draw is a function of seed and number, so that anybody can repeat it afterwards; the seed is fresh, so
        that nobody can foresee it."""
        jointly.answer_all(case)
        return draw_lots(case)

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """A rating link to everybody."""
        tell_callers(case, "rate")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Not drawn: closing is the consequence of the approval."""
        return [] if case.dossier.matter.drawn else [(Close, case.dossier.matter)]


def draw_lots(case: MatterCase, **others: Any) -> dict[str, Any]:
    """Answered now: whom to follow up, until when it may be rated; `others` are columns to change with it. The line's
    facts."""
    matter, seed = case.subject, case.tools.random.take(8).hex()
    drawn = callers.may_be_phoned(case.book, numbered=_numbered(case))
    if drawn.ok:
        drawn = follow_up.drawn(case.book, seed, matter.number, _facts(case))
    until = follow_up.rating_until(case.book, case.now)
    columns = {"drawn": drawn.ok, "drawn_because": drawn.because, "replied_at": case.now, "rating_until": until.at}
    case.update(matter, **set_aside(case), **columns, **others)
    return {"drawn": drawn.ok, "because": drawn.because, "seed": seed, "rating_until": until.at}


def _numbered(case: MatterCase) -> bool:
    """Whether any caller left a number."""
    return any(citizen.phone_sealed is not None for citizen in case.dossier.all(Citizen))


def _facts(case: MatterCase) -> Mapping[str, bool]:
    """What always calls for a follow-up, where the rulebook says so: what the leaders or the office set store by, what
    had to be done again, and what was explained instead of solved."""
    matter, orders = case.dossier.matter, case.dossier.orders
    return {"major": matter.major, "instructed": matter.instructed_at is not None, "dissatisfied": matter.redos > 0,
            "sent_back": any(order.sent_back_at for order in orders) or inquiries.ever_untrue(case.dossier),
            "explained_not_solved": any(order.explained_review_at for order in orders)}  # fmt: skip


def grade_choices(case: AnyCase) -> list[tuple[str, str]]:
    """Five grades, best first, numbered from 1."""
    return [(str(i), term) for i, term in enumerate(follow_up.grades(case.book), 1)]


def aspect_fields(book: Rulebook) -> tuple[Field, ...]:
    """What is graded, as the rulebook names it."""
    aspects = follow_up.aspects(book).items()
    return tuple(Field(id_, term, "choice", choices=grade_choices, required=False) for id_, term in aspects)


class FollowUp(MatterCard):
    """回访: solved or not; attitude, speed, result in five grades; by rating, phone or SMS (四（四）段1, R-12).
    Which of them is graded, by what name and in which grades is the rulebook's."""

    term = "回访"
    key = "H"
    rests_on = "follow_up"
    by = (Role.FOLLOW_UP, Role.SHIFT_LEADER, Role.CITIZEN)
    not_by = ()
    reach = Reach.OWN
    moves = moves(Matter, (S.REPLIED, S.CLOSED))
    form = (
        Field("means", "方式", "choice", choices=VIA),
        Field("reached", "联系上了", "flag", required=False),
        Field("solved", "事情解决了吗", "choice", choices=SOLVED, required=False),
        aspect_fields,
        Field("opinion", "意见、建议", "textarea", required=False, max_length=2000),
    )
    deadline = UNCHANGED
    ledger = Line("followed_up", ("means", "reached", *ANSWERS, "satisfied"))
    needs = (WORDS,)

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """The rating stays open for its period after the answer, and an answer is rated once; praise asks for none."""
        until = case.subject.rating_until
        if case.actor.role != Role.CITIZEN:
            return None
        if until is None or case.now >= until:
            return cls.no(case, "评价的期限已经过了。" if until else "这件事没有要评价的答复。")
        rated = any(revisit.means == RATING for revisit in case.dossier.revisits())
        return cls.no(case, "这一次答复您已经评价过了。") if rated else None

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """How many tries at different hours there have been, and how many it takes."""
        said = follow_up.not_reached(case.book, _tries(case)).because
        return [Effect("没有联系上的", said)] if case.subject.status == S.REPLIED else []

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Citizens rate, they do not record calls; who was reached said something about the whole, who was not
        said nothing."""
        clause = cls.provision(case.book).clause
        if case.actor.role == Role.CITIZEN and not (case.form["means"] == RATING and case.form["reached"]):
            return [Problem("means", "请评价；拨打回访由回访员记录。", clause)]
        if case.actor.role != Role.CITIZEN and case.form["means"] == RATING:
            return [Problem("means", "评价由诉求人自己作出；您记的是电话或短信回访。", clause)]
        if not case.form["reached"] and any(case.form.get(name) for name in ANSWERS):
            return [Problem("reached", "没有联系上就没有评价可记；联系上了请勾选。", clause)]
        result = follow_up.aspects(case.book)[follow_up.RESULT]
        wanted = (("solved", "请选事情解决了没有。"), (follow_up.RESULT, f"请选对{result}的评价。"))
        return [Problem(n, said, clause) for n, said in wanted if case.form["reached"] and not case.form[n]]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row per follow-up; the matter keeps whether the citizen is satisfied."""
        form = case.form
        grades = {name: int(form[name]) if form.get(name) else None for name in follow_up.ASPECTS}
        solved = {"yes": True, "no": False}.get(form["solved"])
        satisfied = content(case, solved, grades) if form["reached"] else None
        opinion = write_text(case, "opinion", form["opinion"]) if form["opinion"] else None
        case.insert(Revisit(case.tools.ids.next(), case.subject.id, case.now, form["means"], form["reached"], solved,
                            **grades, opinion_id=opinion))  # fmt: skip
        if satisfied is not None:
            case.update(case.subject, satisfied=satisfied)
        return {"means": form["means"], "reached": form["reached"], "solved": solved, **grades,
                "satisfied": satisfied}  # fmt: skip

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Satisfied, or not reached in as many tries as there are: closing is the consequence. A bad word on what was
        closed already opens the follow-up again. Words of danger are told at once."""
        matter, said = case.dossier.matter, case.dossier.revisits()[-1]
        if matter.status == S.CLOSED and said.reached and matter.satisfied is False:
            return [(ReopenFollowUp, matter), *heard(case, "opinion")]
        done = matter.satisfied or _given_up(case)
        return [*([(Close, matter)] if matter.status == S.REPLIED and done else []), *heard(case, "opinion")]


def content(case: MatterCase, solved: bool | None, grades: Mapping[str, int | None]) -> bool:
    """Content: solved, and no grade below the middle one of those the rulebook offers, best first."""
    middle = (len(follow_up.grades(case.book)) + 1) // 2
    return solved is not False and all(g is None or g <= middle for g in grades.values())


def _tries(case: MatterCase) -> list[contacts.Attempt]:
    """By telephone: a short message that nobody answers is no try (R-12)."""
    return [contacts.Attempt(r.at, r.reached, r.means) for r in case.dossier.revisits()
            if r.reached or r.means == PHONE]  # fmt: skip


def _given_up(case: MatterCase) -> bool:
    return follow_up.not_reached(case.book, _tries(case)).ok


class ReopenFollowUp(MatterCard):
    """恢复回访: the consequence of a bad word on a closed matter: a person decides what becomes of it (R-12)."""

    term = "恢复回访"
    rests_on = "follow_up"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.CLOSED,), S.REPLIED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("follow_up_reopened", ("because",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Followed up whether it had been drawn or not."""
        because = follow_up.drawn(case.book, "", case.subject.number, {"dissatisfied": True}).because
        case.update(case.subject, drawn=True, drawn_because=because, closed_at=None)
        return {"because": because}


def _owed(case: MatterCase) -> Verdict:
    """To whom outside something is still owed."""
    matter = case.subject
    if matter.before_leader_at is not None or matter.report_owed_at is not None:
        name, said = "submitting", "呈件还没有了结：等批示的可以撤回，有批示的先向领导报告办理结果。"
    elif matter.feedback_owed_at is not None:
        name, said = "sources", "还没有向来源反馈。"
    elif matter.alarm_next_at is not None:
        name, said = "danger", "险情还没有人接手。"
    else:
        name, said = "urgent_report", "认定的紧急信息还没有报送。"
    rule = case.book.provision(name)
    return Verdict(False, rule.clause, said, rule.readings)


class Archive(MatterCard):
    """归档: the file is put in order and its ledger frozen (四（六）段1)."""

    term = "归档"
    key = "G"
    rests_on = "archive"
    by = (Role.REVIEWER, Role.FOLLOW_UP, Role.SHIFT_LEADER, Role.CLOCK)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.CLOSED, S.DECLINED, S.WITHDRAWN, S.ENDED), S.ARCHIVED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("archived", ("lines", "retention", "retain_until"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Archiving waits for the rating, the follow-up, or the end of the rating period (R-12), and for the day on
        which what was explained is looked at again (R-11); a refusal, for the end of the time for a review (R-26)."""
        if explained.awaits_review(case.dossier):
            rule = case.book.provision("explained")
            return Verdict(False, rule.clause, "还有“已解释、未解决”的没到复查日，复查以后才能归档。", rule.readings)
        if owes(case.subject):
            return _owed(case)
        if (until := case.subject.review_until) is not None and case.now < until:
            rule = case.book.provision("refusal_review")
            return Verdict(False, rule.clause, "诉求人还可以请求复核，期满后可归档。", rule.readings)
        until = case.subject.rating_until
        if until is None or case.now >= until or any(r.reached for r in case.dossier.revisits()):
            return None
        provision = case.book.provision("follow_up")
        return Verdict(False, provision.clause, "还在等诉求人评价或回访，评价期满后可归档。", provision.readings)

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """For how long it keeps who brought it, and why so long (R-36)."""
        found = retaining.kept(case.book, case.dossier)
        last = case.book.calendar.day_ended_by(retention.ends(case.book, found.years, case.now))
        today = case.book.calendar.day_of(case.now)
        why = f"，因为是{found.because}" if found.because else ""
        return [Effect("个人信息保管", f"{found.term}，{found.years} 年{why}，到 {spoken.day_and_weekday(last, today)}")]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """How many lines the frozen ledger holds before this one, and until when it keeps who brought it."""
        found = retaining.kept(case.book, case.dossier)
        sort, until = found.id, retention.ends(case.book, found.years, case.now)
        case.update(case.subject, archived_at=case.now, retention=sort, retain_until=until)
        return {"lines": case.dossier.head.seq, "retention": sort, "retain_until": until}
