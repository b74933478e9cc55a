"""The kinds of matter of a rulebook: each with a limit, or with the reason why it has none."""

from __future__ import annotations

from typing import Any

from hotline.rules.errors import RulebookError
from hotline.rules.filling import mapping
from hotline.rules.parts import Kind, Provision
from hotline.rules.sources import Sources

KINDS_FILE = "kinds.yaml"
KEYS = frozenset({"term", "clause", "limit", "because", "confidential", "hint"})


def entries(sources: Sources) -> dict[str, Any]:
    """The kinds as written, by id."""
    return mapping(KINDS_FILE, "", "", sources.files.get(KINDS_FILE))


def kinds(sources: Sources, limits: tuple[Provision, ...]) -> dict[str, Kind]:
    """The kinds by id; RulebookError for one whose limit is neither given by its clause nor `none` with a reason."""
    by_clause = {limit.clause: limit for limit in limits}
    return {
        id_: _kind(sources, id_, mapping(KINDS_FILE, "", id_, data), by_clause)
        for id_, data in entries(sources).items()
    }


def _kind(sources: Sources, id_: str, entry: dict[str, Any], limits: dict[str, Provision]) -> Kind:
    clause = str(entry.get("clause", ""))
    _refuse_malformed(sources, id_, clause, entry)
    confidential, hint = bool(entry.get("confidential")), entry.get("hint", "")
    if entry.get("limit") == "none":
        return Kind(id_, entry["term"], clause, None, None, entry["because"], confidential, (), hint)
    if clause not in limits:
        raise RulebookError(KINDS_FILE, clause, f"{id_}.limit", "没有时限：该条款没有给出 limit，也没有写 none 和理由")
    limit = limits[clause]
    working_days, minutes = limit.values.get("working_days"), limit.values.get("minutes")
    if (working_days is None) == (minutes is None):
        raise RulebookError(KINDS_FILE, clause, f"{id_}.limit", "时限要么以工作日计，要么以分钟计，恰取其一")
    return Kind(id_, entry["term"], clause, working_days, minutes, "", confidential, limit.readings, hint)


def _refuse_malformed(sources: Sources, id_: str, clause: str, entry: dict[str, Any]) -> None:
    if clause not in sources.texts:
        raise RulebookError(KINDS_FILE, clause, f"{id_}.clause", "条文里没有这一条")
    if not isinstance(entry.get("term"), str) or not entry["term"].strip():
        raise RulebookError(KINDS_FILE, clause, f"{id_}.term", "应当是非空文字")
    if not isinstance(entry.get("hint", ""), str):
        raise RulebookError(KINDS_FILE, clause, f"{id_}.hint", "应当是文字")
    if unknown := entry.keys() - KEYS:
        raise RulebookError(KINDS_FILE, clause, f"{id_}.{min(unknown)}", "类别没有这一项")
    if not isinstance(entry.get("confidential", False), bool):
        raise RulebookError(KINDS_FILE, clause, f"{id_}.confidential", "应当是 true 或 false")
    if entry.get("limit", "none") != "none":
        raise RulebookError(KINDS_FILE, clause, f"{id_}.limit", "只能写 none，或不写而由条款给出")
    if "limit" in entry and not str(entry.get("because") or "").strip():
        raise RulebookError(KINDS_FILE, clause, f"{id_}.because", "没有时限的类别必须写明理由")
