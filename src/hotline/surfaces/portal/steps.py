"""经过的步骤 (steps): what was done about a matter, in a citizen's words."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension
from hotline.network import desks as network
from hotline.network.roles import Role
from hotline.procedure.card import LINES
from hotline.procedure.ledger import LineMeta
from hotline.rules.book import Rulebook
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Step

STEPS = {
    "registered": "您反映的事，我们收到了",
    "accepted": "我们看过了，可以办",
    "facts_asked": "还缺一些情况，请您补充",
    "facts_supplied": "您补充了情况",
    "repeat_recorded": "您又说了情况，我们记下了",
    "joined": "和别人反映的同一件事一并办",
    **dict.fromkeys(("separated", "separated_unlike"), "改为单独办"),
    "answered_jointly": "一并办的事办好了，答复了您",
    "taken_up_again": "有新的情况，{unit}再办",
    "reopened_at_desk": "有新的情况，我们再办",
    "handed_over": "情况紧急，我们转给了紧急救助",
    "declined": "我们看过了，这件事热线不能办",
    "refusal_approved": "我们看过了，这件事热线不能办",
    "review_asked": "您请我们复核",
    "refusal_upheld": "另一位负责人看过了，还是不能办",
    "withdrawal_asked": "您请求撤回",
    "withdrawn": "按您的请求撤回了",
    "withdrawal_refused": "没有撤回，照常办理：{because}",
    "end_approved": "这件事由法定途径解决，热线不再办理",
    "accepted_after_all": "另一位负责人看过了，可以办",
    "praise_passed_on": "您的表扬转告了被表扬的单位",
    "transferred": "这件事归外地管，转到那里去了",
    "answered_at_once": "我们当时就答复了您",
    "answered_in_call": "接通管事的单位，当时就答复了您",
    "submitted": "报给市领导看",
    "instructed": "市领导批示了",
    "dispatched_meanwhile": "先转给{unit}办，同时等市领导批示",
    "dispatched_as_instructed": "转给{unit}办",
    "published": "答复在网上公开了，没有您的个人信息",
    **dict.fromkeys(("publication_withdrawn", "publication_retracted"), "不再在网上公开"),
    "dispatched_on_paper": "转给{unit}办",
    "dispatched": "转给{unit}办",
    "designated": "市政府指定由{unit}办",
    "return_granted": "这件事不归{unit}管，我们另找单位",
    **dict.fromkeys(("recalled", "taken_from_target"), "我们换一个单位来办"),
    "taken_from_ended": "{unit}撤销了，我们换一个单位来办",
    "order_inherited": "原来的单位撤销了，由{unit}接着办",
    "kind_changed": "我们更正了这件事的分类",
    "signed_for": "{unit}接到了",
    "contact_recorded": "{unit}联系您，问清情况",
    "extension_explained": "{unit}向您说明要多办几天",
    **dict.fromkeys(("extension_refused", "extension_filed_by_silence"), "没有同意多办几天，仍按原来答应您的日子办"),
    "dates_shifted": "系统或外部原因影响了办理，时间顺延",
    "citizen_answered": "{unit}答复了您",
    "approved": "我们看过答复，合格",
    "explained_approved": "现在还解决不了，{unit}说明了原因，到约定的日子再办一次",
    "called_again": "到了约定的日子，请{unit}再办一次",
    "approved_in_part": "先答复了办好的，余下的{unit}接着办",
    "sent_back": "我们看过{unit}的答复，不合格，退回重办",
    "bounced": "{unit}的答复没有写全单位、责任人和签批，我们退给它补齐",
    "redone_after_check": "我们去核实过，实际和{unit}的答复不一样，让{unit}重新办",
    "redo_ordered": "您不满意，我们让{unit}重新办",
    "dissatisfaction_accepted": "您不满意，我们又看了一遍，不再重办",
    "followed_up": "我们回访了您",
    "closed": "办完了",
}


def _step(line: LineMeta, book: Rulebook, unit: str, because: str) -> Step | None:
    words = "您评价了办理结果" if _own(line) else STEPS.get(line.kind)
    if words is None:
        return None
    day = said.day(line.at.astimezone(book.tz).date())
    return Step(day, words.format(unit=unit or "管事的单位", because=because))


def _because(dossier: MatterDossier, line: LineMeta) -> str:
    """The reason that the citizen is to read with a step."""
    if line.kind != "withdrawal_refused":
        return ""
    facts = LINES[line.kind].ledger.facts
    return dossier.body(line.read().facts[facts.index("because_id")])


def steps_of(dossier: MatterDossier, book: Rulebook, unit: str) -> tuple[Step, ...]:
    """What was done, as far as it concerns the citizen, oldest first."""
    inside = {order.id for order in dossier.orders if not order.lead}  # the citizen has to do with the lead
    told = (line for line in dossier.lines if line.subject_id not in inside and _told(dossier, line))
    found = (_step(line, book, _unit_of(line) or unit, _because(dossier, line)) for line in told)
    return tuple(step for step in found if step)


def _unit_of(line: LineMeta) -> str:
    """The unit that a line is about, so that a step speaks of whoever held the matter then."""
    return network.name(line.unit_id)


def _own(line: LineMeta) -> bool:
    """Whether the citizen rated, rather than was called."""
    return line.kind == "followed_up" and line.read().role == Role.CITIZEN


def _told(dossier: MatterDossier, line: LineMeta) -> bool:
    """Tries that did not reach the citizen are no step of theirs, nor an extension they never heard of."""
    facts = line.read().facts
    return {"extension_refused": lambda: _announced(dossier, facts[0]),
            "extension_filed_by_silence": lambda: not facts[2] and _announced(dossier, facts[1]),
            "contact_recorded": lambda: facts[0] == "reached", "followed_up": lambda: facts[1] is True,
            "publication_retracted": lambda: facts[1] is True, "handed_over": lambda: facts[3] is True}.get(
        line.kind, lambda: True
    )()


def _announced(dossier: MatterDossier, extension_id: int) -> bool:
    """Whether the citizen had been told that it would take longer."""
    asked = dossier.find(Extension, extension_id)
    return asked is not None and asked.explained_at is not None
