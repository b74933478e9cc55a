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

PLACES = ("county", "park", "township")  # the sorts of units that stand for a place
LOCAL = "属地"  # in the duty catalogue: whoever answers for the county or park in which it is

TOP, SECOND, DEEPER = 1, 2, 3
SORTS_AT: dict[int, tuple[str, ...]] = {
    TOP: ("government", "platform", "centre"),
    SECOND: ("county", "park", "department", "company"),
    DEEPER: ("department", "township"),
}

DESKS: dict[str, str] = {
    "office": "热线办",
    "intake": "电话受理",
    "web": "网络受理",
    "supervision": "督办",
    "inspection": "监察",
}


def why_misplaced(level: int, sort: str, desk: str, parent_level: int | None) -> tuple[str, str] | None:
    """The column that contradicts the levels, and why; None when all is well. `parent_level` None: no parent."""
    if sort not in SORTS_AT[min(level, DEEPER)]:
        return "sort", f"{level} 级单位没有“{SORTS.get(sort, sort)}”这一类。"
    if bool(desk) != (level == TOP and sort != "government"):
        return "desk", "只有热线办和各中心有职能，别的单位不填。" if desk else "热线办和各中心须填职能。"
    wanted = (None, TOP) if level == TOP else (level - 1,)
    if parent_level not in wanted:
        return "parent", f"{level} 级单位的上级须是 {max(level - 1, TOP)} 级单位。"
    return None
