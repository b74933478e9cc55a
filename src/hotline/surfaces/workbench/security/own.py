"""本人的登录 (own): where one is signed in, and ending it; the second factor, set up or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hotline.network import factors
from hotline.network.dossier import PostDossier
from hotline.network.records import Factor
from hotline.procedure import times
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.case import Case
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Subject
from hotline.surfaces import frame, signed_in
from hotline.surfaces.portions import cut
from hotline.surfaces.signed_in import Live
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, Fact, FactGroup, Link, NetworkPage, Section, VerbView
from hotline.surfaces.workbench.acting import Wrong, attempt_as, see_other
from hotline.surfaces.workbench.guarding import ENROL, PASSWORD, StaffRequest, must_enrol, staff
from hotline.surfaces.workbench.security.again import insisted
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shell import MY_WAYS, shell
from hotline.surfaces.workbench.staffing.opening import post_dossier

HOME = "/staff/security/"
OTHERS = "others"
HEADS = ("在哪里", "地址", "登录于", "最近使用", "")
VERBS = ("renew_codes", "remove_factor")
TOLD = REGISTRY["choose_notices"].by
FEW = 3  # recovery codes, of which one is warned


def myself(request: StaffRequest) -> Actor:
    """Whoever is signed in, as their own post, for what is done to themselves."""
    visitor, own = request.visitor, request.visitor.own_post
    return Actor(own.post.role, visitor.person.id, own.post.id, own.unit.id)


def my_dossier(request: StaffRequest) -> PostDossier:
    """The dossier of one's own post."""
    return post_dossier(str(request.visitor.own_post.post.id))


def my_factor(dossier: PostDossier) -> Factor | None:
    """The second factor that is set up."""
    return next((one for one in dossier.all(Factor) if one.status == "open"), None)


def _at(at: Any) -> str:
    return said.short_instant(at, frame.book().tz)


def _row(live: Live, mine: str) -> tuple[Cell, ...]:
    here = live.key == mine
    verb = VerbView("end", "退出这一处", f"{HOME}sessions/{live.key}/end/", True, act_id=str(uuid4()))
    last = Cell("就是这一处") if here else Cell("", verb=verb)
    return (Cell(live.device or "不知道的设备"), Cell(live.address or "没有记下"), Cell(_at(live.created_at)),
            Cell(_at(live.seen_at)), last)  # fmt: skip


def _sessions(request: StaffRequest) -> tuple[Section, bool]:
    mine = request.visitor.session.key.hex()
    lives, more = cut(signed_in.of(request.visitor.person.id, times.wall()), signed_in.MOST)
    rows = tuple(_row(one, mine) for one in lives)
    many = signed_in.AS_FAR if more else f"{len(rows)} 处"
    return Section("登录着的地方", f"{many}。有不认得的，请退出那一处并改口令。", HEADS, rows), len(rows) > 1


def _facts(factor: Factor | None) -> FactGroup:
    if factor is None:
        return FactGroup("登录安全", (Fact("第二步", "没有启用，凭口令就能登录"),))
    left = len(factors.split(factor.codes))
    few = "，请换一组" if left < FEW else ""
    rows = (Fact("第二步", f"{_at(factor.began_at)} 启用"), Fact("恢复码", f"还剩 {left} 个没用过{few}"))
    return FactGroup("登录安全", rows)


def _verbs(factor: Factor | None, several: bool) -> tuple[VerbView, ...]:
    own = [VerbView("password", "改口令", PASSWORD, True)]
    if factor is None:
        own.insert(0, VerbView("enrol_factor", REGISTRY["enrol_factor"].term, ENROL, True, primary=True))
    else:
        own += [VerbView(name, REGISTRY[name].term, f"{HOME}{name}/", True) for name in VERBS]
    others = VerbView("end", "退出其他各处", f"{HOME}sessions/{OTHERS}/end/", True, act_id=str(uuid4()))
    return (*own, others) if several else tuple(own)


@require_safe
@staff
def security(request: StaffRequest) -> HttpResponse:
    """One's own page."""
    factor = my_factor(my_dossier(request)) if request.visitor.has_factor else None
    section, several = _sessions(request)
    page = NetworkPage("登录安全", sections=(section,), facts=_facts(factor), verbs=_verbs(factor, several),
                       more=(Link("通知方式", MY_WAYS),) if myself(request).role in TOLD else ())  # fmt: skip
    return render(request, "workbench/network.html", {"shell": shell(request, frame.now()), "page": page})


@require_POST
@staff
def end_session(request: StaffRequest, key: str) -> HttpResponse:
    """End one of one's own sessions, or all others."""
    visitor = request.visitor
    if key == OTHERS:
        signed_in.end_others(visitor.person.id, visitor.session.key)
    elif not signed_in.end(visitor.person.id, key):
        raise Http404
    return see_other(f"{HOME}?done=sessions")


@require_http_methods(["GET", "POST"])
@staff
def own_verb(request: StaffRequest, verb: str) -> HttpResponse:
    """A fresh set of recovery codes, or no second factor any more; both by one's password."""
    if verb not in VERBS:
        raise Http404
    dossier, card = my_dossier(request), REGISTRY[verb]
    factor = my_factor(dossier)
    if factor is None:
        return see_other(HOME)
    if request.method == "GET":
        return _asked(request, card, dossier, factor)
    codes = factors.recovery_codes() if verb == "renew_codes" else []
    done = insisted(request, attempt_as, myself(request), card, subject_of(dossier, factor), recovery=" ".join(codes))
    if isinstance(done, Wrong):
        return _asked(request, card, dossier, factor, done.problems, done.status)
    return shown_once(request, codes) if codes and not done.repeated else see_other(f"{HOME}?done={verb}")


def subject_of(dossier: PostDossier, factor: Factor) -> Subject:
    """What a verb about one's second factor is performed on."""
    return Subject("post", dossier.chain.id, (Factor, factor.id))


def _asked(request: StaffRequest, card: type[Card], dossier: PostDossier, factor: Factor,
           problems: Sequence[Problem] = (), status: int = 200) -> HttpResponse:  # fmt: skip
    case: Case[Any, Any] = Case(card, dossier, factor, myself(request), frame.now(), frame.book(), frame.tools())
    form = form_view(case, request.path, data={}, problems=problems, back=Link("不办了", HOME), skip=("recovery",))
    context = {"shell": shell(request, frame.now()), "form": form, "matter": None}
    return render(request, "workbench/verb.html", context, status=status)


def shown_once(request: StaffRequest, codes: Sequence[str]) -> HttpResponse:
    """The recovery codes, on the page that made them; they stand nowhere else."""
    section = Section("恢复码", f"{len(codes)} 个，每个只能用一次", lines=tuple(codes))
    page = NetworkPage("请把恢复码抄下来或打印出来",
                       "手机不在身边或换了手机时，登录的第二步可以填其中一个。只在这一页显示一回，离开就看不到了；请放在手机以外的地方。",
                       sections=(section,), more=(Link("记下了", HOME),))  # fmt: skip
    return render(request, "workbench/network.html", {"shell": shell(request, frame.now()), "page": page})


def asked_first(request: StaffRequest) -> str:
    """Why one is here before anything else, where one is."""
    return "您的岗位须启用第二步验证，启用后才能继续。" if must_enrol(request.visitor) else ""
