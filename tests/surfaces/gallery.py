"""样张: every template on invented data, as static files. `python tests/surfaces/gallery.py FOLDER` writes them."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.template.backends.django import DjangoTemplates  # noqa: E402

from surfaces import gallery_citizens as citizens  # noqa: E402
from surfaces import gallery_dispatch as dispatch  # noqa: E402
from surfaces import gallery_errors as errors  # noqa: E402
from surfaces import gallery_forms as forms  # noqa: E402
from surfaces import gallery_home as homes  # noqa: E402
from surfaces import gallery_intake as intake  # noqa: E402
from surfaces import gallery_knowledge as knowledge  # noqa: E402
from surfaces import gallery_leaders as leaders  # noqa: E402
from surfaces import gallery_network as network  # noqa: E402
from surfaces import gallery_reply as replies  # noqa: E402
from surfaces import gallery_review as reviews  # noqa: E402
from surfaces import gallery_search as searches  # noqa: E402
from surfaces import gallery_staff as staff  # noqa: E402
from surfaces import gallery_web as web  # noqa: E402

SURFACES = ROOT / "src" / "hotline" / "surfaces"
STATIC = SURFACES / "ui" / "static"

Pages = dict[str, tuple[str, dict[str, Any]]]


def staff_pages() -> Pages:
    shell, matter = staff.shell(), staff.matter()
    record = replace(
        matter, due=staff.due("ontime", "还剩 1 个工作日 9 小时", "11月25日（周三）24:00", "五（二）2"), cards=()
    )
    fresh = replace(matter, timeline=(), orders=(), letters=(), cards=(), why=None, due=None, verbs=(), more_verbs=(),
                    no_due_said="还没有转办，办理期限从送达单位起算。")  # fmt: skip
    empty = staff.desk(groups=(), next_url="", total_said="", empty_hint="新转来的会排在这里。")
    problem = staff.desk(groups=(), problem="列表现在取不出来。")
    lone = staff.shell(posts=(), notice="已签收 1118-0233。", notice_link=None)
    return {
        "signin": ("workbench/signin.html", {"signin": forms.SIGN_IN}),
        "desk": ("workbench/desk.html", {"shell": shell, "desk": staff.desk(), "record": record}),
        "desk-plain": ("workbench/desk.html", {"shell": lone, "desk": staff.desk(), "record": None}),
        "desk-empty": ("workbench/desk.html", {"shell": shell, "desk": empty}),
        "desk-problem": ("workbench/desk.html", {"shell": shell, "desk": problem}),
        "matter": ("workbench/matter.html", {"shell": shell, "matter": matter}),
        "matter-new": ("workbench/matter.html", {"shell": shell, "matter": fresh}),
        "verb": ("workbench/verb.html", {"shell": shell, "form": forms.DISPATCH, "matter": matter}),
        "verb-wrong": ("workbench/verb.html", {"shell": shell, "form": forms.REPLY_WRONG, "matter": matter}),
        "verb-answer": ("workbench/verb.html", {"shell": shell, "form": forms.DISPATCH, "matter": matter,
                                                "entries": knowledge.BESIDE, "find": "居住证"}),
        "verb-answer-alone": ("workbench/verb.html", {"shell": shell, "form": forms.DISPATCH, "matter": matter,
                                                      "entries": (), "find": ""}),
        "verb-alone": ("workbench/verb.html", {"shell": shell, "form": forms.PAGED}),
        "home": ("workbench/home.html", {"shell": shell, "page": homes.HOME}),
        "home-idle": ("workbench/home.html", {"shell": lone, "page": homes.IDLE}),
        "shift": ("workbench/shift.html", {"shell": shell, "page": homes.SHIFT}),
        "notices": ("workbench/notices.html", {"shell": shell, "page": homes.NOTICES}),
        "intake": ("workbench/intake.html", {"shell": shell, "intake": intake.CALL}),
        "intake-wrong": ("workbench/intake.html", {"shell": lone, "intake": intake.WRONG}),
        **{name: ("workbench/review.html", {"shell": shell, **context}) for name, context in reviews.PAGES.items()},
        **{name: ("workbench/dispatch.html", {"shell": shell, **context}) for name, context in dispatch.PAGES.items()},
        **{name: ("workbench/web_intake.html", {"shell": shell, **context}) for name, context in web.PAGES.items()},
        **{name: ("workbench/follow_up.html", {"shell": shell, "lists": reviews.LISTS, **context})
           for name, context in reviews.CALLS.items()},
        "reply": ("workbench/reply.html", {"shell": shell, "reply": replies.WRITING, "entries": knowledge.BESIDE,
                                           "find": "居住证"}),
        "reply-wrong": ("workbench/reply.html", {"shell": lone, "reply": replies.WRONG}),
        "reply-print": ("workbench/printed.html", {"shell": shell, "letter": replies.PRINTED, "back": replies.BACK,
                                                  "pdf_url": "#"}),
        **{name: ("workbench/sign_off.html", {"shell": shell, **context}) for name, context in reviews.SIGNING.items()},
        **{name: ("workbench/leaders.html", {"shell": shell, **context}) for name, context in leaders.PAGES.items()},
        "leaders-given": ("workbench/leaders_given.html", {"shell": shell, "page": leaders.PAGE, "desk_url": "#"}),
        "figures": ("workbench/figures.html", {"shell": shell, "page": network.FIGURES}),
        "closed": ("workbench/closed.html", {"shell": shell, "verb": staff.RETURN, "matter": matter}),
        "clause": ("workbench/clause.html", {"shell": shell, "clause": forms.CLAUSE}),
        "reading": ("workbench/clause.html", {"shell": shell, "clause": forms.READING}),
        "rulebook": ("workbench/rulebook.html", {"shell": shell, "book": forms.BOOK}),
        "enrol": ("workbench/enrol.html", {"shell": shell, "page": network.ENROLMENT}),
        "network-unit": ("workbench/network.html", {"shell": shell, "page": network.UNIT}),
        "network-list": ("workbench/network.html", {"shell": shell, "page": network.LIST}),
        **{name: ("workbench/knowledge.html", {"shell": shell, "page": page})
           for name, page in knowledge.PAGES.items()},
        "entry": ("workbench/entry.html", {"shell": shell, "entry": knowledge.ENTRY}),
        "duties": ("workbench/rulebook.html", {"shell": shell, "book": forms.DUTY_PAGE}),
        **{f"search{name}": ("workbench/search.html", {"shell": shell, "page": page})
           for name, page in searches.PAGES.items()},
    }


def citizens_pages() -> Pages:
    site = citizens.site()
    bare = replace(citizens.HOME, published=(), asked=(), search_url="", figures_said="")
    late = {"problem_title": "评价的时间过了", "problem_said": "答复后 15 天内可以评价。还想说的，打 12345。"}
    return {
        "portal-home": ("portal/home.html", {"site": site, "home": citizens.HOME}),
        "portal-home-large": ("portal/home.html", {"site": citizens.site(large=True), "home": citizens.HOME}),
        "portal-home-bare": ("portal/home.html", {"site": replace(site, nav=()), "home": bare}),
        "portal-published": ("portal/published.html", {"site": site, "page": citizens.PUBLISHED}),
        "portal-published-text": ("portal/published_text.html", {"site": site, "page": citizens.PUBLISHED_TEXT}),
        "portal-submit": ("portal/submit.html", {"site": site, "page": citizens.submit(False)}),
        "portal-submit-wrong": ("portal/submit.html", {"site": site, "page": citizens.submit(True)}),
        "portal-check": ("portal/check.html", {"site": site, "check": citizens.CHECK}),
        "portal-done": ("portal/done.html", {"site": site, "done": citizens.DONE}),
        "portal-follow-query": ("portal/follow_query.html", {"site": site, "page": citizens.FOLLOW_QUERY}),
        "portal-follow": ("portal/follow.html", {"site": replace(site, nav=()), "follow": citizens.FOLLOW}),
        "portal-follow-open": ("portal/follow.html", {"site": site, "follow": citizens.FOLLOW_OPEN}),
        "portal-refused": ("portal/follow.html", {"site": site, "follow": citizens.REFUSED}),
        "portal-refused-large": ("portal/follow.html", {"site": citizens.site(large=True), "follow": citizens.REFUSED}),
        "portal-rate": ("portal/rate.html", {"site": site, "page": citizens.RATE}),
        "portal-unavailable": ("portal/unavailable.html", {"site": site, **late}),
        **{f"error-{name}": ("errors.html", context) for name, context in errors.PAGES.items()},
    }


def engine() -> DjangoTemplates:
    if not settings.configured:
        settings.configure(STATIC_URL="/static/", USE_TZ=True)
        django.setup()
    return DjangoTemplates(
        {
            "NAME": "gallery",
            "DIRS": [SURFACES / room / "templates" for room in ("ui", "portal", "workbench")],
            "APP_DIRS": False,
            "OPTIONS": {
                "string_if_invalid": "",
                "libraries": {"ui": "hotline.surfaces.ui.templatetags.ui", "static": "surfaces.gallery_static"},
            },
        }
    )


def pages() -> Pages:
    return {**staff_pages(), **citizens_pages()}


def write(folder: Path) -> list[Path]:
    """Every page as one static file, the stylesheet and script beside them."""
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    templates, written = engine(), []
    for name, (template, context) in pages().items():
        path = folder / f"{name}.html"
        path.write_text(templates.get_template(template).render({**context, "csrf_token": "gallery"}), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    write(Path(sys.argv[1]))
