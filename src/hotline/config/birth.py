"""建城 (birth): a database becomes a city once, real or simulated, and stays what it was born as."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.config import wiring
from hotline.config.complaint import Complaint

SIMULATED, REAL = "simulated", "real"
TERMS = {SIMULATED: "模拟城市", REAL: "正式城市"}
OTHER_KIND = "这个数据目录里是{0}，不能当作{1}启动。请用 --data 另选目录，或{2} --real。"


@dataclass(frozen=True, slots=True)
class Told:
    """What `up` tells afterwards: whether the city is new, its demo accounts, or the one-time password."""

    kind: str
    fresh: bool = False
    accounts: list[Any] = field(default_factory=list)
    password: str = ""


def birth(kind: str, at: datetime | None = None) -> Told:
    """Make the city if there is none, at `at` (a simulated one's first instant) or now; refuse one of the other kind,
    and a rulebook that was edited afterwards."""
    from hotline.procedure import times

    times.forget()
    found = times.read()
    if found is None:
        return _bear(kind, at)
    if found.born != kind:
        raise Complaint(OTHER_KIND.format(TERMS[found.born], TERMS[kind], "加" if found.born == REAL else "去掉"))
    _publish(found.rulebook)
    return Told(kind, accounts=_demo_accounts(kind))


def _publish(rulebook: str) -> Any:
    """The rulebook, which must be as it was published; a new one is published now."""
    from hotline.procedure import times

    book = wiring.load_book(rulebook)
    try:
        times.check_rulebooks([book])
    except times.RulebookChanged as error:
        raise Complaint(str(error)) from error
    return book


def _bear(kind: str, at: datetime | None) -> Told:
    """All in one transaction: either a whole city or none."""
    from django.conf import settings
    from django.db import transaction

    from hotline.procedure import times

    now = (at if kind == SIMULATED else None) or times.wall()
    with transaction.atomic():
        book = _publish(settings.HOTLINE_RULEBOOK)
        times.birth(kind, book.id, now)
        wiring.install_world(kind, book.id)
        return _people(kind, now)


def _people(kind: str, now: Any) -> Told:
    """The unit tree, and one account per post, or the administrator alone."""
    from hotline.network import seed

    if kind == REAL:
        return Told(kind, fresh=True, password=seed.load_real(now))
    return Told(kind, fresh=True, accounts=list(seed.load_demo(now)))


def _demo_accounts(kind: str) -> list[Any]:
    from hotline.network import seed

    return list(seed.demo_accounts()) if kind == SIMULATED else []
