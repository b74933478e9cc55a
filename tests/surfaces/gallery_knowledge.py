"""样张：知识库。"""

from __future__ import annotations

from hotline.surfaces.ui import shapes as s

TABS = (s.Link("查词条", "/staff/knowledge/", True), s.Link("本单位的", "/staff/knowledge/mine/"),
        s.Link("待确认", "/staff/knowledge/waiting/"))  # fmt: skip
CLAUSE = s.Clause("四（一）段1", "/staff/clause/x/")
BODY = "您带身份证和住处的证明，到居住地派出所窗口办理。材料齐的当场受理。"
ROW = s.EntryRow("Z00017", "居住证怎样办", "办事指南", "市公安局", "", "11月18日", "/e/", BODY, "12")
SORT = s.FieldView("sort", "种类", "choice", "guide", (), (s.Choice("guide", "办事指南", chosen=True),), required=False)
LIST = s.KnowledgePage(
    "知识库", TABS, rows=(ROW, ROW), words=s.FieldView("q", "字词", value="居住证", required=False, hint="几个词用空格分开"),
    fields=(SORT,), opened=True, url="/staff/knowledge/", clear_url="/staff/knowledge/", note="共 2 条",
    verbs=(s.VerbView("propose_entry", "提出词条", "/propose/", True, "n"),),
)  # fmt: skip
WAITING = s.KnowledgePage("待确认的词条", TABS, rows=(s.EntryRow(
    "Z00018", "水发黄能不能喝", "常见问答", "供水单位", "现行，第 2 版待确认", "11月20日", "/e/", BODY,
    due=s.DueMark("ontime", "还剩 1 个工作日 9 小时", "11月20日 24:00", CLAUSE)),), date_said="确认期限")  # fmt: skip
EMPTY = s.KnowledgePage("本单位的词条", TABS, empty_said="本单位还没有提过词条。", empty_hint="提一条新的。")
LINE = s.TimelineLine("11月18日", "10:00", "确认词条", "陈若谷", "审核员", CLAUSE, at_iso="2026-11-18T10:00", seq=2)
ENTRY = s.EntryView(
    "Z00017", "居住证怎样办", "已退回", "第 2 版", BODY,
    s.FactGroup("词条", (s.Fact("种类", "办事指南"), s.Fact(
        "有效到", due=s.DueMark("ontime", "还剩 365 天 13 小时", "2027年11月18日（周四）24:00", CLAUSE)))),
    (s.VersionLink("第 2 版", "已退回 11月18日 10:00", "/e/?v=2", True),
     s.VersionLink("第 1 版", "已确认 11月17日 10:00", "/e/?v=1")),
    (LINE,), CLAUSE, because="退回的原因：没有写要带什么",
    verbs=(s.VerbView("revise_entry", "修订词条", "/r/", True, primary=True),
           s.VerbView("reconfirm_entry", "重新确认", "", False, because="已经失效的要修订。", clause=CLAUSE)), tabs=TABS,
)  # fmt: skip
BESIDE = (s.EntryBeside("Z00017", "Z00017 第 1 版", "居住证怎样办", BODY, "/e/", "市公安局 示例〔2026〕1号", "?cites=Z00017", "5"),
          s.EntryBeside("Z00018", "Z00018 第 2 版", "水发黄能不能喝", BODY, "/e/", "", "?cites=Z00018"))  # fmt: skip
PAGES = {"knowledge": LIST, "knowledge-waiting": WAITING, "knowledge-empty": EMPTY}
