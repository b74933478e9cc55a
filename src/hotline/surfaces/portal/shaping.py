"""办理进度成形 (shaping): a matter in a citizen's words."""

from __future__ import annotations

from datetime import datetime

from hotline.casework import answered, explained, extensions, publishing, withholding
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order, Text
from hotline.casework.statuses import MatterStatus as S
from hotline.network import desks as network
from hotline.rules import follow_up, publication, refusals
from hotline.rules.book import Rulebook
from hotline.surfaces.portal.steps import steps_of
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Ask, Link, NotAccepted, PortalFollow, WhereTo

NOW = {
    S.REGISTERED: ("已经收到", "，正在看"),
    S.AWAITING_FACTS: ("等您补充情况", "，补充后接着办"),
    S.REFUSAL_PROPOSED: ("已经收到", "，正在看"),
    S.SUBMITTED: ("已经受理", "，正在请市领导批示"),
    S.ACCEPTED: ("已经受理", "，正在转给管事的单位"),
    S.JOINED: ("已经受理", "，和别人反映的同一件事一并办，办好了在这里答复您"),
    S.IN_HAND: ("正在办", ""),
    S.ANSWERED: ("已经答复", ""),
    S.REPLIED: ("已经答复", "，等您评价"),
    S.CLOSED: ("已经答复", ""),
    S.WITHDRAWN: ("已经撤回", "，按您的请求，不再办理"),
    S.ENDED: ("热线不再办理", ""),
    S.ARCHIVED: ("已经办完", ""),
    S.DECLINED: ("热线不办这件事", ""),
    S.UNDER_REVIEW: ("正在复核", "，由没有经手的另一位负责人再看一次"),
}


def _answer(dossier: MatterDossier) -> str:
    matter = dossier.matter
    if matter.refusal is not None or _ended(dossier):
        return ""
    return dossier.body(answered.text_id(dossier))


MEANS = {"phone": "打电话", "visit": "当面", "sms": "发短信", "online": "在网上", "post": "书面"}


def _online(book: Rulebook, dossier: MatterDossier, answer: str) -> str:
    """The answer as it may be read here: of a matter kept from the site only how and when it was given (六（二）)."""
    online = publication.answered_online(book, withholding.approved(dossier) is not None)
    if online.ok or not answer:
        return answer
    one, when = answered.letter(dossier), ""
    if one is not None and one.answered_at and one.answered_means:
        when = f"{said.day(one.answered_at.astimezone(book.tz).date())}{MEANS[one.answered_means]}"
    return f"这件事按规定不在网上公开，也不在网上答复（{online.clause}）。" + (f"承办单位已经{when}答复您。" if when else "")


def _declined(dossier: MatterDossier, book: Rulebook) -> NotAccepted | None:
    matter = dossier.matter
    if _ended(dossier):
        return NotAccepted(dossier.body(matter.told_id), _doors(book, book.provision("ending").clause),
                           title="这件事由法定途径解决，热线不再办理")  # fmt: skip
    if matter.refusal is None or matter.status == S.UNDER_REVIEW:
        return None
    service = book.provision("service").values
    again = _reviewed(dossier) or f"觉得不对，可以打 {service['number']}，请另一位同志再看一次。"
    return NotAccepted(dossier.body(matter.told_id), _doors(book, matter.refusal), disagree_said=again)


def _ended(dossier: MatterDossier) -> bool:
    """Whether another channel has the matter."""
    ending = dossier.proposed("ending")
    return ending is not None and ending.granted is True and dossier.matter.status in (S.ENDED, S.ARCHIVED)


def _doors(book: Rulebook, clause: str) -> tuple[WhereTo, ...]:
    """Where to go, by the numbers that the rulebook gives with a ground."""
    ground = refusals.items(book).get(clause)
    known = book.provision("service").values["emergency_numbers"]
    return tuple(WhereTo(known.get(number, "可以打"), phone=number) for number in (ground.numbers if ground else ()))


def _reviewed(dossier: MatterDossier) -> str:
    """What came of a review, where the refusal was upheld."""
    review = dossier.proposed("review")
    if review is None or review.granted is not False:
        return ""
    return f"按您的请求，已经由没有经手的另一位负责人复核，仍不能办：{dossier.body(review.because_id)}"


def missing(dossier: MatterDossier) -> str:
    """What the citizen was last asked for."""
    return next((text.body for text in reversed(dossier.all(Text)) if text.field == "missing"), "")


def _ask(book: Rulebook, dossier: MatterDossier, now: datetime, rating_open: bool) -> Ask | None:
    matter, url = dossier.matter, f"/follow/{dossier.matter.number}/"
    if matter.status == S.AWAITING_FACTS:
        return Ask("请您补充情况", missing(dossier), f"{url}supply/", "start", (("1", "现在补充"),))
    if matter.status == S.DECLINED and matter.review_until is not None and now < matter.review_until:
        until = said.limit(matter.review_until, book.tz)
        return Ask("觉得不对吗？", f"{until} 前可以请另一位负责人复核", f"{url}review/", "start", (("1", "请求复核"),))
    if not rating_open or dossier.matter.status == S.IN_HAND:
        return None
    more = f"再答 {len(follow_up.aspects(book))} 个小问题，不到 1 分钟"
    if matter.rating_until is not None:
        more += f"；{said.limit(matter.rating_until, book.tz)} 前可以评价"
    return Ask("您的事解决了吗？", more, f"{url}rate/", "solved",
               (("yes", "解决了"), ("no", "没有解决")))  # fmt: skip


def _now(book: Rulebook, dossier: MatterDossier, answer: str) -> tuple[str, str]:
    """Where it stands; after a bad word, what happens now."""
    matter = dossier.matter
    if matter.status == S.REPLIED and matter.satisfied is False:
        return "您不满意，我们知道了", "。接下来由专人再看一遍：要么让单位重新办，要么不再重办，并写明理由。办到哪一步，这里都能看到。"
    again = max((o.explained_review_at for o in dossier.orders if o.explained_review_at), default=None)
    if again and matter.status in (S.REPLIED, S.CLOSED):
        return "已经答复", f"，现在还解决不了，{said.day(again.astimezone(book.tz).date())}再办一次"
    if matter.status == S.IN_HAND and answer and explained.called_again(dossier):
        return ROUNDS["called_again"]
    if matter.status == S.IN_HAND and answer:
        return ROUNDS[_round(dossier)]
    strong, rest = NOW[S(matter.status)]
    return strong, f"{rest}；您请求撤回，我们会先向您核实" if matter.deciding == "withdrawal" else rest


ROUNDS = {  # what opens a round after an answer
    "taken_up_again": ("正在再办", "，因为有新的情况"),
    "redo_ordered": ("正在重新办", "，因为您对上次的答复不满意"),
    "redone_after_check": ("正在重新办", "，因为我们去核实过，实际和上次的答复不一样"),
    "called_again": ("正在再办一次", "，上次没能解决，到了约定的日子"),
    "approved_in_part": ("先答复了一部分", "，余下的还在办"),
}


def _round(dossier: MatterDossier) -> str:
    """What opened the round that is in hand."""
    return next((line.kind for line in reversed(dossier.lines) if line.kind in ROUNDS), "approved_in_part")


def _promised(dossier: MatterDossier, answer: str) -> datetime | None:
    """Until when an answer, or another one, is owed."""
    matter = dossier.matter
    if not answer:
        return matter.promised_at
    again = (order.due_at for order in dossier.open_orders() if order.lead and matter.status == S.IN_HAND)
    return next(again, None)


def _public(dossier: MatterDossier) -> tuple[Link, ...]:
    """Where everybody can read of it, in the office's words; nothing where it was not published, or not any more."""
    text = publishing.standing(dossier)
    return (Link("这件事已在网上公开，看公开的文字", f"/published/{text.id}/"),) if text else ()


def _withdraws(number: str, may: bool) -> tuple[Link, ...]:
    return (Link("不想办了，撤回这件事", f"/follow/{number}/withdraw/"),) if may else ()


def _longer(dossier: MatterDossier, lead: Order | None) -> str:
    """Why it takes longer, once an extension holds: what the unit said to the citizen, word for word."""
    given = extensions.standing(dossier, lead) if lead else None
    return dossier.body(given.explanation_id) if given else ""


def _moved(dossier: MatterDossier) -> str:
    """That another unit has it now, where it was passed on."""
    lead = dossier.lead()
    before = dossier.find(Order, lead.previous_id) if lead and lead.previous_id else None
    if lead is None or before is None or before.unit_id == lead.unit_id:
        return ""
    return f"原来转给{network.name(before.unit_id)}，现在换成{network.name(lead.unit_id)}办"


def follow_view(book: Rulebook, dossier: MatterDossier, now: datetime, rating_open: bool, withdraws: bool
                ) -> PortalFollow:  # fmt: skip
    """The citizen's page of one matter. `withdraws`: whether it may be withdrawn now."""
    matter = dossier.matter
    lead = dossier.lead()
    unit = network.unit(lead.unit_id) if lead else None
    answer = _answer(dossier)
    strong, rest = _now(book, dossier, answer)
    until = _promised(dossier, answer)
    promised = f"{said.limit(until, book.tz)} 前答复" if until else ""
    late = until is not None and now >= until
    return PortalFollow(
        matter.number, "（文字已封存）" if matter.locked else dossier.body(matter.gist_id), strong, rest,
        "over" if late else "settled" if answer or matter.closed_at or matter.refusal else "ontime", promised,
        longer_said="" if answer else _longer(dossier, lead), holder=unit.name if unit else "",
        holder_note=_moved(dossier), holder_phone=unit.phone if unit else "",
        answer=_online(book, dossier, answer),
        ask=_ask(book, dossier, now, rating_open), steps=steps_of(dossier, book, unit.short if unit else ""),
        not_accepted=_declined(dossier, book),
        links=(*_public(dossier), *_withdraws(matter.number, withdraws)),
    )  # fmt: skip
