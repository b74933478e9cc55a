"""样张的虚构材料，派单台。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces import gallery_staff as staff
from surfaces.gallery_forms import choice
from surfaces.gallery_staff import c, due

LISTS = (s.Link("待派单 18", "dispatch.html", True), s.Link("待决退回 4", "dispatch-return.html"),
         s.Link("待指定 1", "dispatch-empty.html"))  # fmt: skip
ROWS = (
    replace(staff.row("1124-0233", "求助", "小区二次供水泵房昨夜停机，六栋以上没有水", "", "紧急 · 已受理",
                      due("soon", "还剩 20 分钟", "14:46", "R-08")), chosen=True),
    staff.row("1124-0231", "投诉", "楼下烧烤摊占着人行道，油烟进屋", "", "已受理", due("ontime", "还剩 1 小时", "15:30", "R-19")),
)  # fmt: skip
QUEUE = s.QueueView(LISTS, ROWS, "dispatch.html")
SOON = due("ontime", "还剩 5 个工作日", "12月1日（周二）24:00", "五（二）2", "R-01")
SHARE = due("ontime", "还剩 3 个工作日", "11月27日（周五）24:00", "四（二）3", "R-15")
LAW = "《城市供水条例》（国务院令第158号）"
UNITS = (
    s.ProposedUnit("dispatch:1", "301", "供水单位", (
        s.Because("职责目录：牵头", LAW, clause=c("四（二）3")),
        s.Because("同类办结过 31 件，其中埇桥区的 12 件", "最近一件 1119-0107", "matter.html")), SOON, SHARE, "1", primary=True),
    s.ProposedUnit("dispatch:2", "341302", "埇桥区", (s.Because("职责目录：协办，属地", LAW, clause=c("四（二）3")),),
                   SOON, SHARE, "2", True),
    s.ProposedUnit("dispatch:3", "204", "市住建局", (s.Because("同类办结过 2 件", "最近一件 1102-0007", "matter.html"),),
                   closed="还缺承办人、签批人或值班电话，不能接单。", closed_clause=c("四（三）段1")),
)  # fmt: skip
SIDES = (
    s.SideText("市住建局 申请退回", "11月24日 10:05，11月24日 11:40 单位负责同志同意",
               (("理由", "二次供水泵房由供水单位管理，不属于我局职责。"), ("依据", LAW)), "待热线办决定"),
    s.SideText("热线办 提请指定 供水单位", "11月23日 16:20", (("意见", "泵房产权在小区，运行管理在供水单位。"),), "待市领导指定"),
)  # fmt: skip
FIELDS = (
    s.FieldView("unit", "另选单位", "choice", choices=choice("市住建局", "市城管局"), required=False),
    s.FieldView("assisting", "协办单位", required=False, hint="要几个单位的，写简称，用顿号隔开"),
    s.FieldView("kind", "种类", "choice", choices=choice("求助", "投诉", chosen="求助")),
    s.FieldView("words", "意见", "textarea", required=False, hint="提请指定的，写职责怎样交叉"),
)  # fmt: skip
FORM = s.FormView("派单台", "#", FIELDS, None, "a1", 12)
DESK = s.DispatchView(
    FORM, replace(staff.matter(), verbs=(), more_verbs=()), s.Place("待派单 18", "", "dispatch.html"), "派发期限",
    due("soon", "还剩 20 分钟", "11月24日（周二）14:46", "R-08"), SIDES[:0], UNITS, "",
    (s.Fact("签收", due=SOON), s.Fact("可退回", due=SHARE), s.Fact("如是投诉", due=SOON)), FIELDS, (),
    (s.VerbView("dispatch", "转办给另选的单位", "", True, "S", primary=True),
     s.VerbView("propose_designation", "提请指定", "", True, "G")),
)  # fmt: skip
RETURN = replace(
    DESK, due_said="决定期限", sides=SIDES, fields=FIELDS[3:], dates=(), units_note="没有写县区，属地是哪个单位要您来定。",
    form=replace(FORM, fields=(replace(FIELDS[3], error="请填写“意见”。"),)),
    outcomes=(s.FactGroup("不同意退回", (s.Fact("办理期限", due=SOON),)),),
    verbs=(s.VerbView("take_back", "同意退回", "", False, "B", "这件事以前退回过，再次退回须提请指定。", c("四（二）3")),
           s.VerbView("refuse_return", "不同意退回", "", True, "N", primary=True)),
)  # fmt: skip
PAGES = {"dispatch": {"dispatch": DESK, "queue": QUEUE}, "dispatch-return": {"dispatch": RETURN, "queue": QUEUE},
         "dispatch-empty": {"list_url": "desk.html", "queue": QUEUE},
         "dispatch-skipped": {"list_url": "desk.html", "again_url": "dispatch.html", "queue": QUEUE}}  # fmt: skip
