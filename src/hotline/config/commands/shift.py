"""`hotline shift`: dates shifted for an outage, by order of whom the rulebook names."""

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hotline.config.complaint import Complaint

if TYPE_CHECKING:
    from hotline.procedure.actor import Actor

HELP = "顺延：停机或不可抗力期间的工单（未结的，和后来办结、还没有归档的），按热线办负责人的决定和文件整体顺延到期日，每张工单记入台账：按时与否重新判断，因此亮错的牌撤下，对诉求人的承诺随之改变。再执行一次不会有变化。"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """By whose order, for which days, on which document."""
    parser.add_argument("--by", metavar="登录名", required=True, help="作出决定的负责人的登录名")
    parser.add_argument("--from", metavar="日期", required=True, dest="first_on", type=_day, help="停机的第一天")
    parser.add_argument("--to", metavar="日期", required=True, dest="last_on", type=_day, help="停机的最后一天")
    parser.add_argument("--document", metavar="文件", required=True, help="文件名称和文号")
    parser.add_argument("--reason", metavar="事由", required=True, help="发生了什么")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期 {text} 应当写成 2026-11-03 这样") from None


def run(args: argparse.Namespace) -> int:
    """Shift all there are; 1 when some could not be."""
    from hotline.config import boot

    form = {name: getattr(args, name) for name in ("first_on", "last_on", "document", "reason")}
    with boot.city(args.data):
        actor = _ordering(args.by)
        _insist(form)
        performed, aside = _shift_all(form, actor)
    if args.json:
        print(json.dumps({"shifted": performed, "failed": aside}, ensure_ascii=False))
    else:
        print(f"已顺延 {performed} 张工单" + (f"，{aside} 张没有顺延，稍后请再执行一次。" if aside else "。"))
    return 1 if aside else 0


def _ordering(login: str) -> "Actor":
    """The person as the post that may order it. Raises Complaint."""
    from hotline.casework import shifting
    from hotline.network import desks
    from hotline.network.models import Person
    from hotline.procedure import times
    from hotline.procedure.actor import Actor
    from hotline.procedure.world import current

    book = current().book
    person = Person.objects.filter(login=login).first()
    held = desks.posts_of(person.id, times.now()) if person else ()
    for one in held:
        if shifting.may_order(book, one.post.role, one.unit).ok:
            holder = one.post.person_id if one.post.person_id != person.id else None  # for whom they act
            return Actor(one.post.role, person.id, one.post.id, one.unit.id, holder)
    rule = book.provision("date_shift")
    cited = "、".join((rule.clause, *rule.readings))
    raise Complaint(f"{login} 不是{shifting.who_orders(book)}，按{cited}不能决定顺延。")


def _insist(form: dict[str, Any]) -> None:
    """What is wrong with the order is said once, before anything is begun."""
    from hotline.procedure import times
    from hotline.procedure.world import current
    from hotline.rules import shifts

    if wrong := shifts.lacks(current().book, form["first_on"], form["last_on"], form["document"], times.now()):
        raise Complaint(wrong[1])


def _shift_all(form: dict[str, Any], actor: "Actor") -> tuple[int, int]:
    """How many went, and how many could not."""
    from hotline.casework import shifting
    from hotline.procedure import times
    from hotline.procedure.world import current

    return shifting.shift_all(current().book, form, actor, times.now)
