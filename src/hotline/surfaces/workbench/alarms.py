"""险情横幅 (alarms): what somebody wrote that has words of danger to life in it and that nobody has taken, for whoever may
take it. Any page of theirs may show it: `standing(request)` as `alarms`, and `workbench/alarms/banner.html`."""

from __future__ import annotations

from uuid import uuid4

from hotline.casework import desks
from hotline.casework.lists import ALARMS
from hotline.procedure.card import REGISTRY
from hotline.surfaces import frame
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import AlarmsView, AlarmView, Link
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.desk import AGAIN, desk_url

SHOWN = 5



def _beyond(read: int, beyond: int) -> tuple[str, Link | None]:
    """How many there are, as far as a page of their list tells, and where the others stand."""
    more = "+" if read > desks.PAGE else ""
    count = f"{min(read, desks.PAGE)}{more}"
    said_ = f"另有 {min(beyond, desks.PAGE - SHOWN)}{more} 件，看全部"
    return count, Link(said_, desk_url(ALARMS.name)) if beyond else None


def standing(request: StaffRequest) -> AlarmsView | None:
    """Those that this post may take, the one told of longest ago first; None where there is none. One statement."""
    visitor, book = request.visitor, frame.book()
    if visitor.actor.role not in REGISTRY["take_alarm"].by:
        return None
    found = desks.page(visitor.actor, visitor.unit, ALARMS, None, frame.now())
    rows, beyond = cut(found, SHOWN)
    if not rows:
        return None
    minutes = book.provision("danger").values["minutes"]
    alarms = tuple(
        AlarmView(row.number, said.short_number(row.number), row.gist, f"/staff/m/{row.number}/",
                  f"/staff/m/{row.number}/take_alarm/",
                  f"{said.limit(row.at, book.tz)} {AGAIN}" if row.at else "", str(uuid4()))
        for row in rows
    )  # fmt: skip
    return AlarmsView(alarms, f"写着危及生命的话，还没有人接手；没有人接手，每 {minutes} 分钟短信提醒班长一次。",
                      *_beyond(len(found), beyond))
