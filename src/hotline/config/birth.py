"""建城 (birth): a database becomes a city once, real or simulated, and stays what it was born as."""

from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from hotline.config import wiring
from hotline.config.complaint import Complaint

SIMULATED, REAL = "simulated", "real"
TERMS = {SIMULATED: "模拟城市", REAL: "正式城市"}
OTHER_KIND = "这个数据目录里是{0}，不能当作{1}启动。请用 --data 另选目录{2}。"
BOOK_CHANGED = "规则书 {0} 与建城时登记的内容不同。已发布的版本不可改动，请恢复原文，或另立一个新版本。"


@dataclass(frozen=True, slots=True)
class Birth:
    """What `up` tells afterwards: whether the city is new, its demo accounts, or the one-time password."""

    kind: str
    fresh: bool = False
    accounts: list[Any] = field(default_factory=list)
    password: str = ""


def birth(kind: str) -> Birth:
    """Make the city if there is none; refuse one of the other kind, and a rulebook that was edited afterwards."""
    if not wiring.built():
        return Birth(kind)
    found = wiring.installation()
    if found is not None:
        _insist_on_kind(found.born, kind)
        _insist_on_book(found.rulebook)
        return Birth(kind, accounts=_demo_accounts(kind))
    return _bear(kind)


def _insist_on_kind(born: str, kind: str) -> None:
    if born != kind:
        hint = "，或加 --real" if born == REAL else "，或去掉 --real"
        raise Complaint(OTHER_KIND.format(TERMS[born], TERMS[kind], hint))


def _insist_on_book(rulebook: str) -> None:
    from hotline.procedure.models import RulebookVersion

    kept = RulebookVersion.objects.filter(pk=rulebook).first()
    if kept is not None and kept.content_hash != wiring.load_book(rulebook).content_hash:
        raise Complaint(BOOK_CHANGED.format(rulebook))


def _bear(kind: str) -> Birth:
    """All in one transaction of the owner's: either a whole city or none."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from hotline.procedure.models import Installation, RulebookVersion

    book = wiring.load_book(settings.HOTLINE_RULEBOOK)
    now = timezone.now()
    with transaction.atomic(using="owner"):
        RulebookVersion.objects.using("owner").create(id=book.id, content_hash=book.content_hash)
        Installation.objects.using("owner").create(id=1, born=kind, rulebook=book.id, born_at=now)
    wiring.install_world(kind, book.id)
    seed = _seed()
    if seed is None:
        return Birth(kind, fresh=True)
    if kind == REAL:
        return Birth(kind, fresh=True, password=seed.load_real(now))
    return Birth(kind, fresh=True, accounts=list(seed.load_demo(now)))


def _seed() -> Any:
    return import_module("hotline.network.seed") if find_spec("hotline.network.seed") else None


def _demo_accounts(kind: str) -> list[Any]:
    seed = _seed()
    return list(seed.demo_accounts()) if kind == SIMULATED and hasattr(seed, "demo_accounts") else []
