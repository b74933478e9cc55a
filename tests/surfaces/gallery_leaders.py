"""样张的虚构材料，呈办。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces import gallery_staff as staff
from surfaces.gallery_forms import choice
from surfaces.gallery_review import MATTER
from surfaces.gallery_staff import c, due

FIELDS = (
    s.FieldView("instruction", "批示内容", "textarea", "", hint="承办单位会看到批示的话，诉求人不会", rows=5),
    s.FieldView("unit", "交哪个单位办", "choice", choices=choice("市住房和城乡建设局", "埇桥区人民政府", chosen="市住房和城乡建设局"), required=False),
    s.FieldView("assisting", "协办单位", value="埇桥区", hint="要几个单位的，写简称，用顿号隔开", required=False),
    s.FieldView("wanted_on", "哪一天以前报结果", "date", required=False),
)
FORM = s.FormView("批示", "#", FIELDS, c("四（二）4"), "a1", 12)
HELD = s.OrderView("牵头", "埇桥区人民政府", "11月20日（周五）10:20 交办，待签收", due("soon", "今天到期，还剩 9 小时", "11月24日（周二）24:00", "五（二）4"),
                   (staff.YELLOW,))  # fmt: skip
NEAR = s.NearView("20261021-0034-5", "1021-0034", "同一路口去年也积过水", "matter.html", "同一诉求人 · 同一地点 · 已归档 · 10月21日登记")
LEAD = s.LeadersView(
    FORM, replace(MATTER, verbs=(), more_verbs=()), s.Place("待批示 2", "", "leaders.html"),
    due("soon", "提醒过：等了 2 个工作日 3 小时", "11月20日（周五）09:00 呈报", "R-19"), "三条路口一下雨就积水……", "三条路口一下雨就积水，已经三年了。",
    "几个部门都沾边，拟请市住建局牵头，区里配合。",
    (s.Fact("呈报的理由", "跨部门", clause=c("四（二）4")), s.Fact("拟办单位", "市住建局（协办：埇桥区）")),
    (HELD,), (s.Fact("接着这一件", "20261001-0003-7", url="matter.html"),), (NEAR,), FIELDS,
    (s.VerbView("instruct", "批示", "", True, "I", primary=True), s.VerbView("give_back", "退回呈件", "", True)), "#", "#",
)  # fmt: skip
WAITS = (s.WaitsLine("20261120-0102-3", "1120-0102", "三条路口的积水", "#", "跨部门 · 等了 2 个工作日 3 小时", True),
         s.WaitsLine("20261123-0007-1", "1123-0007", "学校门口没有红绿灯", "#", "紧急 · 疑难性 · 等了 5 小时"))  # fmt: skip
GIVEN = (
    s.GivenLine("20261101-0055-2", "1101-0055", "老旧小区加装电梯", "matter.html", "11月03日（周二）09:12", "2026-11-03T09:12+08:00",
                "已批示", "请住建局一周内拿出办法，区里配合。", "市住建局", "办理中",
                due("over", "已逾期 2 个工作日", "11月20日 24:00", "五（二）2"),
                due("soon", "今天到期，还剩 9 小时", "11月24日 24:00", "四（二）4")),
    s.GivenLine("20261012-0021-8", "1012-0021", "河道垃圾", "matter.html", "10月13日（周二）15:40", "2026-10-13T15:40+08:00",
                "已批示", "请水务局办。", "市水务局", "已报告结果", due("settled", "按时办结，提前 1 个工作日", "10月16日 15:02", "五（二）2"),
                report="三处垃圾已清，设了护栏。", report_said="10月19日（周一）10:00 报告"),
    s.GivenLine("20261010-0005-4", "1010-0005", "停车收费", "matter.html", "10月10日（周六）11:00", "2026-10-10T11:00+08:00",
                "已退回", "先由两局商量。", "", "热线办另行处理，现在待派单"),
)  # fmt: skip
BESIDE = {"waits": WAITS, "waits_said": "2", "given": GIVEN, "given_url": "leaders-given.html", "list_url": "desk.html",
          "designate": s.Count("待指定", "1", "desk.html")}  # fmt: skip
WRONG = replace(LEAD, waited=None, words_rest="", meanwhile=(), linked=(), related=(), verbs=LEAD.verbs[:1],
                form=replace(FORM, fields=(replace(FIELDS[0], error="请填写“批示内容”。"), *FIELDS[1:])),
                fields=(replace(FIELDS[0], error="请填写“批示内容”。"), *FIELDS[1:]))  # fmt: skip
PAGES = {"leaders": {**BESIDE, "lead": LEAD}, "leaders-wrong": {**BESIDE, "given_url": "", "lead": WRONG},
         "leaders-empty": {**BESIDE, "waits": (), "given": ()},
         "leaders-skipped": {**BESIDE, "waits": (), "again_url": "leaders.html"}}  # fmt: skip
PAGE = s.GivenPage("批示过的", GIVEN, "#", "#")
