"""险情词 (danger words): the rulebook's words of danger to life, which stand, and beside them those that the city added,
which the administrator adds to and ends by the network's own cards."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from hotline.network import danger_words
from hotline.network.look_ups import number
from hotline.network.records import DangerWord
from hotline.rules import danger
from hotline.surfaces import frame
from hotline.surfaces.clauses import sure
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, Link, NetworkPage, Section, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.staffing.kept import Kept
from hotline.surfaces.workbench.staffing.opening import DANGER, administrator, shown, tabs

ADD, END = "add_danger_word", "end_danger_word"
SAID = ("网上、来信、来函里写着这些词的，当即短信提醒值班的班长，每 {minutes} 分钟一次，直到有人接手（{clause}）。"
        "规则册里的不能少，本市可以再加；加了马上生效，只看此后写来的。")  # fmt: skip
HEADS, OVER = ("词语", "起用", "办理"), ("词语", "起用", "停用")
PAGE = Kept(DANGER, lambda form: form)


def _at(at: object) -> Cell:
    return Cell(said.short_instant(at, frame.book().tz) if at else "")  # type: ignore[arg-type]


def _sections(query: str) -> tuple[Section, ...]:
    """The city's own, the rulebook's beside them, and those that were ended."""
    rule = frame.book().provision("danger")
    cited = sure(rule.readings[0] if rule.readings else rule.clause)
    every = [row for row in danger_words.rows() if query in row.word]
    now = tuple((Cell(row.word), _at(row.from_at), Cell("", links=(Link("停用", f"{DANGER}{row.id}/end/"),)))
                for row in every if row.status == "open")  # fmt: skip
    over = tuple((Cell(row.word), _at(row.from_at), _at(row.ended_at)) for row in every if row.status != "open")
    fixed = tuple((Cell(word), Cell(cited.id, cited.url)) for word in danger.words(frame.book()) if query in word)
    found = (Section("本市加的", f"{len(now)} 个", HEADS, now, (), "" if now else "没有这样的词。"),
             Section("规则册里的", f"{len(fixed)} 个", ("词语", "依据"), fixed, (), "" if fixed else "没有这样的词。"))
    return (*found, *((Section("停用的", f"{len(over)} 个", OVER, over),) if over else ()))


@require_safe
@administrator
def listing(request: StaffRequest) -> HttpResponse:
    """Both lists."""
    rule = frame.book().provision("danger")
    query = str(request.GET.get("q", "")).replace("\x00", "").strip()[:20]
    told = SAID.format(minutes=rule.values["minutes"], clause="、".join((rule.clause, *rule.readings)))
    return shown(request, NetworkPage(
        "险情词", told, tabs=tabs(DANGER), search_url=DANGER, search_term="找词语", query=query, sections=_sections(query),
        verbs=(VerbView(ADD, "加一个词", f"{DANGER}add/", True),),
    ))  # fmt: skip


@require_http_methods(["GET", "POST"])
@administrator
def add(request: StaffRequest) -> HttpResponse:
    """One more."""
    return PAGE.add(request, ADD, {}, "word")


@require_http_methods(["GET", "POST"])
@administrator
def end(request: StaffRequest, row_id: str) -> HttpResponse:
    """One that the city added is looked for no more."""
    row = next((one for one in danger_words.rows() if one.id == number(row_id)), None)
    if row is None:
        raise Http404
    return PAGE.verb(request, END, row.unit_id, (DangerWord, row.id), {}, row.word)
