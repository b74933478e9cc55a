"""用语 (wordings): every message and letter line with how it reads now, to whom it goes, when and by which clause; said
otherwise by the network's own cards, looked at on made-up data before it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from hotline.network import desks, wordings
from hotline.network.records import MessageText
from hotline.network.wording_kinds import GAPS, TO, BadWording, Wording, gaps_of, kinds, pieces, stored
from hotline.network.wording_kinds import shown as named
from hotline.network.wordings import Version
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.perform import Done, Subject
from hotline.surfaces import frame
from hotline.surfaces.clauses import sure
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, Choice, Fact, FactGroup, FieldView, FormView, Link, NetworkPage, Section
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, attempt, see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.staffing.kept import Kept, keeper
from hotline.surfaces.workbench.staffing.opening import WORDINGS, administrator, shown, tabs, unit_dossier

HEADS = ("什么时候", "现在的样子", "条数", "依据", "版本", "办理")
BEFORE = ("用语", "从", "到")
SAID = "发出去的话怎么说。样子是用虚构的编号和日期填的；改了马上生效，还没有送出的也照新的说。编号、查询码、期限这些空不能少。"
LOOK = "look"
DAY = "11月25日"
SAMPLES = {"number": "20261118-0017-4", "name": "某区住建局", "who": "值班人兰明远", "place": "邻市热线",
           "minutes": "5", "theirs": "S2026-118", "feedback": "已经修好。", "thanks": "师傅来得快，修得好。",
           "wrong": "明年的日历还没有发布", "day": DAY, "city": "本市",
           "list": "待签收", "what": "催办", "count": "3"}  # fmt: skip
PAGE = Kept(WORDINGS, lambda form: form)


def when(kind: Wording) -> str:
    """When it is sent: after which verbs, or as its own words say."""
    return named(kind.when) or "、".join(REGISTRY[verb].term for verb in kind.verbs) + "以后"


def preview(kind: Wording, body: str) -> str:
    """How it would read; nothing where its gaps are wrong."""
    try:
        if set(gaps_of(body)) - set(kind.allowed):
            return ""
    except BadWording:
        return ""
    dates = {name: wordings.part(name, day=DAY) for name in ("promise", "rating", "limit", "review", "until")}
    dates["late"] = wordings.line("late", count=SAMPLES["count"])
    service = str(frame.book().provision("service").values["number"])
    given = {gap: value for gap, value in {**SAMPLES, **dates, "service": service}.items() if gap in kind.allowed}
    if kind.to in ("part", "letter"):
        return body.format(**{**given, "hotline": frame.book().hotline})
    return wordings.composed(kind.name, body, **given)


def _at(at: Any) -> str:
    return said.short_instant(at, frame.book().tz)


def _row(kind: Wording) -> tuple[Cell, ...]:
    version, url = wordings.version(kind.name), f"{WORDINGS}{kind.name}/"
    reads = preview(kind, wordings.text(kind.name))
    clause = REGISTRY[kind.verbs[0]].provision(frame.book()).clause if kind.verbs else ""
    links = (Link("修改", url), *((Link("恢复原文", f"{url}restore/"),) if version else ()))
    sent = kind.to not in ("part", "letter")
    return (Cell(when(kind)), Cell(reads or "（没有）"), Cell(f"{pieces(reads)} 条" if sent else "—"),
            Cell(clause, sure(clause).url) if clause else Cell("—"),
            Cell(f"{_at(version.row.from_at)} 改" if version else "原文"), Cell("", links=links))  # fmt: skip


def _found(kind: Wording, query: str) -> bool:
    return query in when(kind) or query in named(wordings.text(kind.name)) or query in TO[kind.to]


@require_safe
@administrator
def listing(request: StaffRequest) -> HttpResponse:
    """All of them, by whom they go to."""
    query = str(request.GET.get("q", "")).replace("\x00", "").strip()[:40]
    found = [kind for kind in kinds().values() if not query or _found(kind, query)]
    by_whom = {term: [kind for kind in found if kind.to == to] for to, term in TO.items()}
    sections = tuple(Section(term, f"{len(mine)} 种", HEADS, tuple(map(_row, mine)), alike=True)
                     for term, mine in by_whom.items() if mine)  # fmt: skip
    return shown(request, NetworkPage(
        "用语", SAID, tabs=tabs(WORDINGS), search_url=WORDINGS, search_term="找什么时候、怎么说", query=query,
        sections=sections or (Section("用语", "", empty_said="没有这样的用语。"),),
    ))  # fmt: skip


def _kind(name: str) -> Wording:
    found = kinds().get(name)
    if found is None:
        raise Http404
    return found


def _version(one: Version) -> tuple[Cell, ...]:
    return Cell(named(one.body)), Cell(_at(one.row.from_at)), Cell(_at(one.ended_at) if one.ended_at else "现在")


def _sections(kind: Wording, body: str) -> tuple[Section, ...]:
    reads = preview(kind, body)
    length = f"{len(reads)} 个字，{pieces(reads)} 条短信" if kind.to not in ("part", "letter") else f"{len(reads)} 个字"
    before = [one for one in wordings.versions() if one.row.name == kind.name]
    return (
        Section("样子", length if reads else "", lines=(reads,) if reads else (), empty_said="" if reads else "（没有字）"),
        Section("原文", lines=(named(kind.text),) if kind.text else (), empty_said="" if kind.text else "（没有字）"),
        Section("改过的各版", f"{len(before)} 版", BEFORE, tuple(map(_version, reversed(before))), (),
                "" if before else "没有改过。"),
    )  # fmt: skip


def _facts(kind: Wording) -> FactGroup:
    may = "、".join(f"〔{GAPS[gap]}〕{'（必须有）' if gap in kind.needed else ''}" for gap in kind.allowed)
    return FactGroup("用语", (Fact("给谁", TO[kind.to]), Fact("什么时候", when(kind)), Fact("可用的空", may)))


def _page(request: StaffRequest, kind: Wording, form: FormView, body: str, status: int = 200) -> HttpResponse:
    version = wordings.version(kind.name)
    more = (Link("恢复原文", f"{WORDINGS}{kind.name}/restore/"),) if version else ()
    return shown(request, NetworkPage(f"用语：{when(kind)}", trail=(Link("用语", WORDINGS),), facts=_facts(kind), more=more,
                                      sections=_sections(kind, body), form=form), status)  # fmt: skip


def _form(request: StaffRequest, kind: Wording, body: str, wrong: Wrong) -> FormView:
    dossier, version = unit_dossier(str(keeper().id)), wordings.version(kind.name)
    row = dossier.find(MessageText, version.row.id) if version else None
    card = REGISTRY["reword_message" if row else "word_message"]
    case: Case[Any, Any] = Case(card, dossier, row or dossier.root, request.visitor.actor, frame.now(), frame.book(),
                                frame.tools())  # fmt: skip
    form = form_view(case, request.path, data={"body": named(body)}, problems=wrong.problems, seen_seq=dossier.head.seq,
                     back=Link("不改了", WORDINGS), conflict=CONFLICT if wrong.unseen else "", skip=("name",))  # fmt: skip
    fields = (replace(one, required=bool(kind.needed), missing_said="") for one in form.fields)
    look = FieldView(LOOK, "", "checkbox", choices=(Choice("1", "先看样子，不保存"),))
    return replace(form, fields=(*fields, look), submit_term="保存")


def _worded(request: StaffRequest, name: str, body: str) -> Done | Wrong:
    """The office's words for a kind, its first or other ones."""
    version = wordings.version(name)
    if version is None:
        return attempt(request, REGISTRY["word_message"], Subject("unit", keeper().id), name=name, body=body)
    row = (MessageText, version.row.id)
    return attempt(request, REGISTRY["reword_message"], Subject("unit", version.row.unit_id, row), body=body)


@require_http_methods(["GET", "POST"])
@administrator
def wording(request: StaffRequest, name: str) -> HttpResponse:
    """One of them, to be said otherwise; a look at it first, if wished."""
    kind = _kind(name)
    posted = request.method == "POST"
    body = stored(str(request.POST.get("body", "")).strip()) if posted else wordings.text(name)
    if not posted or request.POST.get(LOOK):
        return _page(request, kind, _form(request, kind, body, Wrong()), body)
    done = _worded(request, name, body)
    if isinstance(done, Done):
        desks.forget()
        return see_other(f"{WORDINGS}{name}/?done=worded")
    return _page(request, kind, _form(request, kind, body, done), body, done.status)


@require_http_methods(["GET", "POST"])
@administrator
def restore(request: StaffRequest, name: str) -> HttpResponse:
    """As it was written first."""
    _kind(name)
    version = wordings.version(name)
    if version is None:
        raise Http404
    return PAGE.verb(request, "restore_message", version.row.unit_id, (MessageText, version.row.id), {}, "")
