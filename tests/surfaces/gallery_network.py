"""样张的虚构材料，单位与人员一面。"""

from __future__ import annotations

from hotline.surfaces.ui import shapes as s

TABS = (s.Link("单位", "#", True), s.Link("值班", "#"), s.Link("导入导出", "#"))
UNIT = s.NetworkPage(
    "埇桥区人民政府", "", (s.Link("单位与人员", "#"),),
    facts=s.FactGroup("单位", (s.Fact("编码", "341302"), s.Fact("还缺", "签批人，不能接单"))),
    verbs=(s.VerbView("appoint_post", "设岗", "#", True, primary=True), s.VerbView("end_unit", "撤销单位", "#", True)),
    sections=(
        s.Section("岗位", "", ("岗位", "姓名", "办理"), (
            (s.Cell("承办人"), s.Cell("卫尚志", lead="　"), s.Cell("", links=(s.Link("离岗", "#"), s.Link("设代理", "#")))),
        )),
        s.Section("值班", "今后一个月", empty_said="还没有排班。"),
    ),
)  # fmt: skip
LIST = s.NetworkPage(
    "单位与人员", tabs=TABS, search_url="#", query="三里湾", problem="今后 7 天有 2 个时段没有人值班。",
    sections=(s.Section("增设单位", "2 项", lines=("新设局（X1）", "另一局（X2）")),),
    form=s.FormView("看看会改什么", "#", (s.FieldView("file", "表格文件", "file", error="没有收到文件。"),)),
    more=(s.Link("下一页", "#"),),
)  # fmt: skip

FIGURES = s.FiguresPage(
    "下级单位", "本级和各下级单位并排看。",
    (s.Chart("3 个单位占了逾期的 71%", "未结 23 件，其中已逾期 7 件",
             (s.Bar("区住建局", "3 件", 100, "#"), s.Bar("三里湾街道", "1 件", 33, "#"))),
     s.Chart("还看不出按时率", "近 30 天送达的 0 件", ())),
    (s.Section("现在", "点单位看它的件", ("单位", "未结", "已逾期"), ((s.Cell("区住建局", "#"), s.Cell("6"), s.Cell("3")),)),
     s.Section("比一比", "近 30 天送达的", ("单位",), empty_said="这段时间没有送达的件。")),
)  # fmt: skip

ENROLMENT = s.Enrolment(
    s.FormView("启用第二步验证", "#", (s.FieldView("code", "验证码", hint="验证器现在显示的六位数字", missing_said="请填写六位验证码。"),),
               s.Clause("四（一）段1", "#"), back=s.Link("以后再说", "#")),
    "您的岗位须启用第二步验证，启用后才能继续。", "M4 4h1v1h-1z", 9, "ABCD EFGH JKLM",
)  # fmt: skip
