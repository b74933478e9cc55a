"""单位类别与职能 (sorts and desks): what kinds of unit each level knows, and what a level-1 centre is for."""

SORTS: dict[str, str] = {
    "government": "市政府",
    "platform": "热线办",
    "centre": "中心",
    "county": "县区",
    "park": "园区",
    "department": "部门",
    "company": "公共服务单位",
    "township": "乡镇（街道）",
}

SORTS_AT: dict[int, tuple[str, ...]] = {
    1: ("government", "platform", "centre"),
    2: ("county", "park", "department", "company"),
    3: ("department", "township"),
}

DESKS: dict[str, str] = {
    "office": "热线办",
    "intake": "电话受理",
    "web": "网络受理",
    "supervision": "督办",
    "inspection": "监察",
}


def why_misplaced(level: int, sort: str, desk: str, parent_level: int | None) -> tuple[str, str] | None:
    """The column that contradicts the three levels, and why; None when all is well. `parent_level` None: no parent."""
    if sort not in SORTS_AT.get(level, ()):
        return "sort", f"{level} 级单位没有“{SORTS.get(sort, sort)}”这一类。"
    if bool(desk) != (level == 1 and sort != "government"):
        return "desk", "只有热线办和各中心有职能，别的单位不填。" if desk else "热线办和各中心须填职能。"
    wanted = (None, 1) if level == 1 else (level - 1,)
    if parent_level not in wanted:
        return "parent", f"{level} 级单位的上级须是 {max(level - 1, 1)} 级单位。"
    return None
