"""再输一遍口令 (again): what asks for one's own password while one is signed in. Tries are counted as at signing in:
whoever sits down at a page left open cannot guess on until it fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hotline.network.transitions.entry import OWN_PASSWORD
from hotline.procedure import times
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.surfaces import sessions, signed_in
from hotline.surfaces.throttle import TooMany, one_try
from hotline.surfaces.workbench.acting import Wrong
from hotline.surfaces.workbench.guarding import StaffRequest

TOO_MANY = 429


def insisted(request: StaffRequest, act: Callable[..., Done | Wrong], *about: Any, **added: str) -> Done | Wrong:
    """Do it, as one try at one's own password; who tried too often waits, and nothing is looked at meanwhile."""
    person, address = str(request.visitor.person.id), sessions.address(request)
    try:
        with one_try(signed_in.AGAIN, person, address, times.wall()) as tried:
            done = act(request, *about, **added)
            tried.good = isinstance(done, Done) or all(one.field != OWN_PASSWORD.name for one in done.problems)
    except TooMany as waits:
        return Wrong([Problem(OWN_PASSWORD.name, waits.because)], data=request.POST, status=TOO_MANY)
    return done
