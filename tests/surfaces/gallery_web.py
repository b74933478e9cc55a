"""样张的虚构材料，网络受理台。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces import gallery_staff as staff
from surfaces.gallery_forms import choice
from surfaces.gallery_staff import c, due

ALARMS = s.AlarmsView((s.AlarmView("20261124-0236-1", "1124-0236", "有人站在楼顶边上", "matter.html", "#",
                                   "11月24日（周二）14:35 再提醒班长", "b1"),), "写着危及生命的话，还没有人接手。")  # fmt: skip
LISTS = (s.FilterGroup("网络受理台", (s.Filter("书面来件", "38", "web-desk.html", True), s.Filter("拟不受理", "4", "#"))),)
ROWS = (
    s.WrittenRow("20261124-0236-1", "1124-0236", "有人站在楼顶边上", "求助", "matter.html", "网络", "刚到", "",
                 due("ontime", "还剩 5 个工作日", "12月1日 24:00", "五（二）2"), "答应", ("险情",)),
    s.WrittenRow("20261123-0101-7", "1123-0101", "省平台交办：河道里倒了建筑垃圾", "投诉", "matter.html", "省级平台", "等了 1 天 2 小时",
                 "吴守拙取走，还留 12 分钟", due("soon", "还剩 4 小时", "11月24日 24:00", "二段2", "R-31"), "来源要求", ("紧急",), False),
    s.WrittenRow("20261124-0230-3", "1124-0230", "专业贷款，当天放款", "咨询", "matter.html", "来信", "等了 34 分钟", ticked=True),
)  # fmt: skip
FORM = s.FormView("等着受理的书面来件", "#", act_id="a1")
QUEUE = s.WrittenQueue(
    "等着受理的书面来件", LISTS, ROWS, FORM, s.VerbView("refuse_all", "提请按广告不予受理（三（二）7），班长批准", "", True, "G"),
    s.FieldView("reason", "理由", value="内容是广告推销", max_length=1000, hint="每一件都照这样告诉诉求人"),
    s.VerbView("next", "取下一件", "", True, "N", primary=True), "#", "#", "现在没有等着受理的书面来件。", "共 38 件，最先到期的在前",
)  # fmt: skip
EMPTY = replace(QUEUE, rows=(), together=s.VerbView("refuse_all", "", "", False), next_one=None, next_url="",
                first_url="")  # fmt: skip
REPORTED = replace(QUEUE, form=replace(FORM, problem="办成 2 件，1 件没有办成：1124-0236 写着危及生命的话，还没有人接手。"))
ITEM = s.FieldView("item", "受理项", "choice", choices=choice("三（一）6 影响正常生产生活的诉求"))
CAUSE = s.FieldView("cause", "事由", "textarea", hint="为了什么事")
ASKED = s.FieldView("ask_missing", "缺什么", "textarea", required=False)
REASON = s.FieldView("reason", "理由", "textarea", required=False, hint="诉求人会看到")
NEAR = s.NearView("20261120-0077-2", "1120-0077", "同一栋楼的灯不亮", "matter.html", "投诉 · 办理中 · 11月20日 · 埇桥区", key="J")
WRITTEN = s.WrittenView(
    s.FormView("网络受理台", "#", (ITEM, CAUSE, ASKED, REASON), None, "a2", 3),
    replace(staff.matter(), verbs=(), more_verbs=()), s.Place("连这件还有 38 件"), "您取的，还留 29 分钟", "答应",
    due("ontime", "还剩 5 个工作日", "12月1日（周二）24:00", "五（二）2"), ((ITEM, True), (CAUSE, False)), (ASKED,), (NEAR,), "",
    (s.RefusalView(c("三（二）2"), "人大、政协职能", "请向有权机关反映。", "拨打12388", "不予受理"),), REASON,
    (s.VerbView("accept", "受理", "", True, "A", primary=True), s.VerbView("skip", "交回，换一件", "", True, "B")),
    (s.Link("看整个队", "#"),),
)  # fmt: skip
WRONG = replace(WRITTEN, form=replace(WRITTEN.form, fields=(replace(ITEM, error="请选“受理项”。"),), problem="先问过诉求人。"),
                near=(), near_said="没有写县区、乡镇。", asked_open=True, refusing_open=True, due=None)  # fmt: skip
PAGES = {"web-desk": {"queue": QUEUE, "alarms": ALARMS}, "web-desk-empty": {"queue": EMPTY},
         "web-desk-reported": {"queue": REPORTED}, "web-desk-taken": {"written": WRITTEN, "alarms": ALARMS},
         "web-desk-wrong": {"written": WRONG}}  # fmt: skip
