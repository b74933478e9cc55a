"""样张的虚构材料，查找一面。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces import gallery_staff as staff

WORDS = s.FieldView("q", "字词或编号", "text", "路灯 不亮", hint="几个词用空格分开，都要有才算；写编号直接打开，清单上那样的短编号也行", required=False)
KINDS = (s.Choice("complaint", "投诉", chosen=True), s.Choice("help", "求助"))
FIELDS = (
    s.FieldView("kind", "种类", "choice", "complaint", (), KINDS, required=False),
    s.FieldView("place", "地点", "text", "某小区", required=False, short=True),
    s.FieldView("since", "登记从", "date", "2026-11-01", required=False, short=True),
    s.FieldView("until", "登记到", "date", required=False, short=True),
)
PHONE = s.FieldView("phone", "诉求人的电话", "phone", short=True, hint="每次查找都记在您自己的查看台账里")
PLACES = (s.FoundPlace("诉求人的话", "…我们单元从一楼到六楼，", "路灯", "三个月没亮过，老人夜里下楼摔了一跤…"),
          s.FoundPlace("答复", "", "不亮", "的 8 盏已经换好。"))  # fmt: skip
ROWS = (
    s.FoundRow("20261118-0233-9", "20261118-0233-9", "1118-0233", "小区里的路灯三个月不亮", "投诉", "埇桥区", "办理中", "matter.html",
               "11月18日", staff.due("soon", "还剩 3 小时", "今天 24:00", "五（二）2"), staff.YELLOW, PLACES),
    s.FoundRow("20261118-0233-9-2", "20261118-0233-9", "1118-0233", "小区里的路灯三个月不亮", "投诉", "三里湾街道", "待签收",
               "matter.html", "11月18日"),
    s.FoundRow("20261012-0017-4", "20261012-0017-4", "1012-0017", "（文字已封存）", "举报", "", "已归档", "matter.html", "10月12日"),
)  # fmt: skip
FOUND = s.SearchPage("search.html", WORDS, FIELDS, said="查 字词“路灯 不亮”，投诉", rows=ROWS, total_said="共 3 件", phone=PHONE,
                     clear_url="search.html", keep=s.FieldView("name", "名称", short=True), query="q=1",
                     acts=(s.Link("导出", "search.html"),))  # fmt: skip
WRONG = replace(
    FOUND, words=replace(WORDS, value="灯", error="一个字查得太宽，请多写一个字，或者再加一个条件。"), opened=True, rows=(), said="",
    problem="一个字查得太宽，请多写一个字，或者再加一个条件。", phone=replace(PHONE, error="请填写电话。"),
)  # fmt: skip
PAGES = {
    "": FOUND, "-wrong": WRONG,
    "-walked": replace(FOUND, rows=(), empty_said="没有查到：字词“路灯 不亮”，投诉。", empty_hint="这一段里没有，更早的还没有查。",
                       total_said="", first_url="search.html", more=s.Link("接着往前查", "search.html"),
                       more_said="查到 11月6日 登记的，更早的还没有查", kept=(s.FieldView("caller", "", "hidden", "TOKEN"),)),
    "-blank": s.SearchPage("search.html", replace(WORDS, value=""), FIELDS, opened=True,
                           saved=(s.SavedLink("1", "路灯，投诉", "search.html"), s.SavedLink("2", "红牌", "search.html"))),
}  # fmt: skip
