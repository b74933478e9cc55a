"""回访台成形: a matter as the follow-up agent's desk shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Contact, Matter
from hotline.casework.transitions.closing import AT_ONCE, RATING, VIA
from hotline.casework.transitions.redoing import asked_after
from hotline.network import desks as network
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import Offer
from hotline.procedure.forms import Field, Problem
from hotline.rules import follow_up
from hotline.rules.book import Rulebook
from hotline.surfaces import frame
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.drawing import draw_facts, rule_said
from hotline.surfaces.workbench.shaping.forms import effects, field_view
from hotline.surfaces.workbench.shaping.letters import letter_views
from hotline.surfaces.workbench.shaping.matter import CHANNELS
from hotline.surfaces.workbench.shaping.review import appeal_facts
from hotline.surfaces.workbench.shaping.timeline import facts_of, read_once

MatterCase = Case[MatterDossier, Matter]
MISSED = s.VerbView("missed", "没有联系上", "", True, "U")
REASON = Field("reason", "理由", "textarea", max_length=2000,
               hint="重办的，写不满意什么、要重办什么，承办单位会看到；不再重办的，写为什么不必再办")  # fmt: skip
OF_THE_WHOLE = ("solved", follow_up.RESULT)  # asked of everybody who was reached
FORM = "review"  # what the template calls the desk's form
STARTS = {"means": "phone"}
MEANS = {**dict(VIA), AT_ONCE: "答复时当场问", RATING: "本人评价"}


@dataclass(frozen=True, slots=True)
class Posed:
    """摆在台上的: what may be done, where it stands, where the forms go, what was typed and what is wrong."""

    case: MatterCase
    offers: Sequence[Offer]
    place: s.Place
    action: str
    reveal_url: str
    data: Mapping[str, Any]
    problems: Sequence[Problem]
    conflict: str = ""
    conflict_lines: Sequence[Any] = ()


def _draw(book: Rulebook, dossier: MatterDossier) -> tuple[s.Fact, ...]:
    """The last draw, so that anybody can repeat it."""
    line = next((one for one in reversed(dossier.lines) if one.kind == "settled"), None)
    seed = str(facts_of(read_once(line))["seed"]) if line else ""
    return draw_facts(book, seed, dossier.matter.number)


def _drawn(book: Rulebook, dossier: MatterDossier) -> tuple[s.Fact, ...]:
    """Why this one is called, and by which rule."""
    matter, rule = dossier.matter, book.provision("follow_up")
    until = f"到 {said.limit(matter.rating_until, book.tz)}" if matter.rating_until else ""
    facts = (s.Fact("为什么", matter.drawn_because or "", clause=link(rule.clause)),
             s.Fact("规则", rule_said(book), clause=link(rule.readings[0] if rule.readings else None)),
             s.Fact("评价开放", until))  # fmt: skip
    return tuple(one for one in facts if one.said)


def _script(book: Rulebook, dossier: MatterDossier) -> tuple[str, ...]:
    """What is read out: whose call it is, what was answered, then each question with its answers."""
    matter, lead = dossier.matter, dossier.lead()
    on, unit = said.day(matter.registered_at.astimezone(book.tz).date()), network.name(lead.unit_id) if lead else ""
    grades = "、".join(follow_up.grades(book))
    return (f"您好，这里是{frame.brand()} 热线，给您做个回访。",
            f"您 {on} 反映的“{dossier.body(matter.gist_id)}”，{f'由{unit}办理，' if unit else ''}答复在下面，您收到了吗？",
            "这件事解决了没有？",
            *(f"您对办理的{term}怎么看？{grades}，选一个。" for term in follow_up.aspects(book).values()),
            "还有什么意见、建议？", "谢谢您。以后有事，还打这个号码。")  # fmt: skip


def _tries(book: Rulebook, dossier: MatterDossier) -> tuple[s.Fact, ...]:
    """What was tried since the answer, each with its hour, and what counts of it."""
    grades = follow_up.grades(book)

    def came_of_it(one: Any) -> str:
        if not one.reached:
            return "没有联系上"
        given = (f"{term}{grades[getattr(one, name) - 1]}" for name, term in follow_up.aspects(book).items()
                 if getattr(one, name))  # fmt: skip
        solved = {True: "解决了", False: "没有解决"}.get(one.solved, "") if one.solved is not None else ""
        return "，".join(filter(None, (solved, *given)))

    return tuple(s.Fact(MEANS.get(one.means, one.means), f"{said.instant(one.at, book.tz)} {came_of_it(one)}",
                        dossier.body(one.opinion_id)) for one in dossier.revisits())  # fmt: skip


def _to_decide(case: Case[MatterDossier, Matter]) -> bool:
    """Whether it is to be said what becomes of it: not content, and asked after since the citizen's own rating."""
    return case.subject.satisfied is False and asked_after(case.dossier)


def _fields(posed: Posed) -> tuple[s.FieldView, ...]:
    """What is asked: the answers, or, of somebody who is not content, what becomes of it."""
    case, wrong = posed.case, {p.field: p for p in posed.problems}
    if _to_decide(case):
        asked: Sequence[Field] = (REASON,)
    else:
        asked = [field for field in REGISTRY["follow_up"].fields(case.book) if field.name != "reached"]
    data = {**STARTS, **posed.data}
    views = (field_view(field, case, str(data.get(field.name, "") or ""), wrong.get(field.name)) for field in asked)
    return tuple(_placed(one) for one in views)


def _placed(one: s.FieldView) -> s.FieldView:
    """Few choices side by side; a rating is the citizen's own."""
    if one.kind != "choice":
        return replace(one, rows=3)
    choices = tuple(c for c in one.choices if c.value != RATING)
    return replace(one, kind="radio", choices=choices, required=one.required or one.name in OF_THE_WHOLE)


def _verbs(posed: Posed) -> tuple[s.VerbView, ...]:
    """Reached or not; of somebody who is not content the two ways out."""
    unhappy = _to_decide(posed.case)
    found = [s.VerbView(o.card.name(), o.card.term, "", o.verdict.ok, o.card.key, o.verdict.because,
                        None if o.verdict.ok else link(o.verdict.clause), primary=o.verdict.ok)
             for o in posed.offers if (o.card.name() != "follow_up") == unhappy]  # fmt: skip
    found = [replace(one, primary=one.primary and i == 0) for i, one in enumerate(found)]
    if unhappy or not any(one.open for one in found):
        return tuple(found)
    return (*(replace(one, term="联系上了，记下回访") for one in found), MISSED)


def _outcomes(posed: Posed) -> tuple[s.FactGroup, ...]:
    case, unhappy = posed.case, _to_decide(posed.case)
    wanted = (o for o in posed.offers if o.verdict.ok and (o.card.name() != "follow_up") == unhappy)
    groups = ((o.card.term, effects(Case(o.card, case.dossier, o.subject, case.actor, case.now, case.book, case.tools)))
              for o in wanted)  # fmt: skip
    return tuple(s.FactGroup(term, facts) for term, facts in groups if facts)


def _revealing(group: s.FactGroup, url: str) -> s.FactGroup:
    """Shown on this desk, not on another page, with what is typed sent along."""
    facts = (replace(f, reveal_url=url, reveal_form=FORM) if f.reveal_url else f for f in group.facts)
    return replace(group, facts=tuple(facts))


def follow_up_view(posed: Posed, matter: s.MatterView) -> s.FollowUpView:
    """The whole desk."""
    case = posed.case
    book, dossier, fields = case.book, case.dossier, _fields(posed)
    known = {field.name for field in fields}
    of_all = [p for p in posed.problems if p.field not in known]
    form = s.FormView("回访台", posed.action, fields, None, str(uuid4()), dossier.head.seq,
                      problem="；".join(p.because for p in of_all), conflict=posed.conflict,
                      problem_clause=link(next((p.clause for p in of_all if p.clause), None)),
                      conflict_lines=tuple(posed.conflict_lines))  # fmt: skip
    groups = tuple(_revealing(group, posed.reveal_url) for group in appeal_facts(book, matter))
    calls = tuple(s.CallLine(said.instant(one.at, book.tz), CHANNELS.get(one.channel, one.channel),
                             dossier.body(one.words_id)) for one in dossier.all(Contact)[1:])  # fmt: skip
    return s.FollowUpView(form, replace(matter, fact_groups=groups), posed.place, calls, _drawn(book, dossier),
                          _script(book, dossier), letter_views(book, dossier)[-1:], _tries(book, dossier), fields,
                          _outcomes(posed), _verbs(posed), _draw(book, dossier))  # fmt: skip
