"""并单 (repeats): somebody calls about what another has brought before; the two are put together, and now and then taken
apart again."""

from __future__ import annotations

from datetime import datetime

from hotline.casework import models
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import by
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role

AT_THE_DESK = by(Role.DISPATCHER)


def _joining(view: View) -> Form:
    assert view.plot.twin is not None, "somebody called before"
    main = models.Matter.objects.filter(registered_at=view.plot.twin).values_list("number", flat=True)
    return {"number": main[0], "words": view.words("joined"), "reason": view.words("join_reason")}


@habit("join_matter", AT_THE_DESK, _joining, may_fail=True)
def _join_matter(view: View) -> datetime | None:
    """Tried whatever has become of the other since: whether it can be done is seen when it is tried."""
    taken = view.matter.accepted_at
    fit = view.plot.twin and taken and not view.dossier.orders and not view.ever("separated")
    return view.after(taken, "join", 1, 3) if fit and taken else None


@habit("separate_matter", AT_THE_DESK, lambda view: {"reason": view.words("separate")})
def _separate_matter(view: View) -> datetime | None:
    joined = view.last("joined")
    return view.at_work(view.after(joined, "separate", 200, 2000)) if joined and view.hit("taken apart", 0.4) else None
