"""样张的虚构材料，表单和规则。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces.gallery_staff import STRIP, c, due, line


def choice(*labels: str, chosen: str = "") -> tuple[s.Choice, ...]:
    return tuple(s.Choice(label, label, chosen=label == chosen) for label in labels)


DISPATCH = s.FormView(
    "转办",
    "#",
    (
        s.FieldView(
            "unit",
            "转给哪个单位",
            "choice",
            choices=choice("埇桥区人民政府", "市住房和城乡建设局", chosen="埇桥区人民政府"),
            missing_said="请选一个单位。",
        ),
        s.FieldView(
            "kind", "种类", "radio", choices=choice("咨询", "求助", "建议", "投诉", "举报", "表扬", chosen="求助")
        ),
        s.FieldView(
            "urgent",
            "紧急或可简易处理",
            "checkbox",
            choices=(s.Choice("1", "是，当天答复"),),
            required=False,
            clause=c("五（二）5"),
        ),
        s.FieldView(
            "reason",
            "给承办单位的话",
            "textarea",
            hint="写清要它做什么；会随工单送达。",
            required=False,
            max_length=500,
        ),
        s.FieldView("assistants", "协办单位", "list", values=("三里湾街道办事处",), required=False),
    ),
    clause=c("四（二）3"),
    act_id="a1",
    seen_seq=8,
    effects=(
        s.Fact("期限", due=due("ontime", "5 个工作日", "12月1日（周二）24:00", "五（二）2", "R-02")),
        s.Fact("答应", "告诉诉求人 12月1日前答复", clause=c("R-05")),
    ),
    back=s.Link("不办了，回到事项", "matter.html"),
)
PAGED = replace(DISPATCH, first_url="#", next_url="#", pages_said="一页 50 件，最急的在前；按下去只办这一页勾选的。")

REPLY_WRONG = s.FormView(
    "写反馈件",
    "#",
    (
        s.FieldView(
            "reply",
            "给平台的反馈",
            "textarea",
            "收到工单后，我街道于 11月19日与周女士联系，20日到场查看。6 栋 2 单元楼道灯共 8 盏。",
            rows=8,
            section="三个文本",
            section_note="分开写，各给各的人看",
            clause=c("五（三）"),
        ),
        s.FieldView(
            "answer",
            "给诉求人的答复",
            "textarea",
            error="给诉求人的答复还没有写。",
            missing_said="给诉求人的答复还没有写。",
            rows=5,
        ),
        s.FieldView("public", "供公开的文本", "textarea", required=False, rows=3, hint="不写人名、电话、门牌。"),
        s.FieldView(
            "person",
            "责任人姓名",
            value="谷雨晴",
            section="责任",
            section_note="缺一项会被退单",
            clause=c("五（四）"),
            short=True,
        ),
        s.FieldView(
            "phone",
            "联系电话",
            "phone",
            "1391234567",
            error="电话少一位，手机号是 11 位。",
            pattern=r"1\d{10}|0\d{2,3}-?\d{7,8}",
            shape_said="电话少一位，手机号是 11 位。",
            missing_said="请写联系电话。",
            short=True,
        ),
        s.FieldView("answered_at", "答复诉求人的时间", "datetime", "2026-11-24T10:00", short=True),
        s.FieldView(
            "solved",
            "解决了吗",
            "radio",
            choices=choice("解决了", "没有解决", "解释清楚，暂时解决不了", chosen="解决了"),
        ),
    ),
    clause=c("五（三）"),
    act_id="a1",
    seen_seq=7,
    submit_term="存下这一稿",
    conflict="别人刚办过这件事",
    conflict_lines=(line("11-24", "14:20", "诉求人再次来电，并单：灯又灭了两盏", "孟小禾", "受理员", "R-23"),),
    back=s.Link("不办了，回到事项", "matter.html"),
)

SIGN_IN = s.SignIn(
    "宿州 12345",
    s.FormView(
        "登录",
        "#",
        (
            s.FieldView("username", "账号", autocomplete="username"),
            s.FieldView("password", "密码", "password", autocomplete="current-password"),
        ),
        problem="账号或密码不对。再错 4 次要等 15 分钟。",
    ),
    STRIP,
    (
        s.DemoAccount("shouli", "孟小禾 · 电话受理中心受理员"),
        s.DemoAccount("paidan", "柏青 · 市长热线办派单员"),
        s.DemoAccount("yongqiao", "陶之远 · 埇桥区人民政府承办人"),
    ),
    "密码都是 yanshi，只在模拟的城市里有。",
)

DUTIES = (
    s.DutyRow(
        "五（二）段1-1",
        "确需延期的，书面说明具体理由",
        "已执行",
        "",
        ("tests/clauses/test_extension.py::test_reason",),
        c("五（二）段1"),
    ),
    s.DutyRow(
        "五（二）段1-2",
        "主要或分管负责人同意",
        "已执行",
        "",
        ("tests/clauses/test_extension.py::test_agreed",),
        c("五（二）段1"),
    ),
    s.DutyRow("四（七）-1", "考核办法另行制定", "待做", "考核室", (), c("四（七）")),
    s.DutyRow("一段1", "宗旨", "叙述", "标题之外的总说，没有可执行的半句", (), c("一段1")),
)
TABS = (s.Link("条款", "rulebook.html", True), s.Link("读法", "#"), s.Link("义务表", "duties.html"))
BOOK = s.RulebookPage(
    "宿州 2018 版",
    "内容校验 4f2a…91；受理时钉在事项上，发布后不改。",
    TABS,
    (
        s.BookLine(c("五"), "办理要求", True),
        s.BookLine(c("五（一）"), "承办单位收到工单后应当及时签收。（样张文字）"),
        s.BookLine(c("五（二）1"), "咨询类的，限 2 个工作日内办结并答复。（样张文字）"),
        s.BookLine(c("五（二）2"), "求助类的，限 5 个工作日内办结并答复。（样张文字）"),
    ),
)
DUTY_PAGE = s.RulebookPage(
    "义务表",
    "每半句话由什么执行。",
    (s.Link("条款", "rulebook.html"), s.Link("读法", "#"), s.Link("义务表", "duties.html", True)),
    duties=DUTIES,
    counts=(s.Count("已执行", "98", "#"), s.Count("待做", "31", "#"), s.Count("叙述", "12")),
)
CLAUSE = s.ClausePage(
    "五（二）段1",
    "条款 · 宿州 2018 版",
    "确因客观原因不能按时办结的，承办单位应当在期限届满前书面说明理由，经负责人同意后报备。（样张文字）",
    path=(c("五"), c("五（二）")),
    duties=DUTIES[:2],
    related=(c("R-07"), c("R-09")),
    previous=c("五（二）5"),
    next=c("五（二）段2"),
)
READING = s.ClausePage(
    "R-01",
    "读法 · 宿州 2018 版",
    question="哪一天是第一天？",
    answer="事情发生的当天不算；期限到最后一个工作日的 24:00 为止；在这一刻之前才算按时。",
    why="原文没有写。与通常的算法一致，对诉求人和单位都好记。",
    related=(c("五（二）1"),),
)
