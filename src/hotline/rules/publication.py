"""公开：whether acceptance and result of a matter are public, and what is masked in what is (R-13)."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict


def wishes(book: Rulebook) -> dict[str, str]:
    """What a citizen may have said about publication, by id, each with its Chinese term."""
    return dict(book.provision("publication_wishes").values["wishes"])


def bars(book: Rulebook) -> dict[str, str]:
    """What rules publication out whatever the wish, by id, each with its Chinese term."""
    return dict(book.provision("publish_never").values["bars"])


def may_publish(book: Rulebook, part: str, wish: str, facts: Mapping[str, bool]) -> Verdict:
    """Whether `part` ('acceptance' or 'result') may be public, given the citizen's `wish` and the bars among `facts`.

    Raises KeyError for an unknown part, ValueError, in Chinese, for an unknown wish.
    """
    if wish not in wishes(book):
        raise ValueError(f"没有公开意愿 {wish}")
    default, never, when = (book.provision(n) for n in ("published_by_default", "publish_never", "publish_when"))
    barred = [term for fact, term in bars(book).items() if facts.get(fact)]
    if barred:
        return Verdict(False, never.clause, "不公开：" + "、".join(barred), never.readings)
    if wish in when.values["not_wishes"]:
        return Verdict(False, never.clause, f"不公开：诉求人{wishes(book)[wish]}", never.readings)
    if not default.values[part]:
        return Verdict(False, default.clause, "按规定不公开", default.readings)
    return Verdict(True, when.clause, "可以公开", when.readings)


def answered_online(book: Rulebook, application_approved: bool) -> Verdict:
    """Whether the answer may be read online once the unit's application against publication was approved or not."""
    rule = book.provision("non_publication")
    ok = not application_approved or bool(rule.values["online_answer"])
    because = "可以在线查看答复" if ok else "经审核同意不公开，不在网络上回复，只显示何时以何种方式答复"
    return Verdict(ok, rule.clause, because, rule.readings)


def masked_fields(book: Rulebook) -> tuple[str, ...]:
    """The fields of a letter that hold the handler's personal data and are masked in what is published."""
    return tuple(book.provision("masking").values["fields"])
