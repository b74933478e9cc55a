"""样张的虚构材料，公众一面。"""

from __future__ import annotations

from hotline.surfaces.ui import shapes as s
from surfaces.gallery_staff import c


def site(large: bool = False) -> s.Site:
    return s.Site(
        ("宿州市12345", "政府热线"),
        "portal-home.html",
        "#",
        "portal-home.html",
        "12345",
        large,
        "演示网站，内容均为虚构",
        nav=(s.Link("首页", "portal-home.html", True), s.Link("公开的答复", "#"), s.Link("常见问题", "#")),
        phone_notes=("外地拨打：0557-12345", "替家人、邻居反映也可以"),
        emergencies=(s.Emergency("110", "报警"), s.Emergency("119", "火警"), s.Emergency("120", "急救")),
        footer=(s.Link("隐私", "#"), s.Link("无障碍", "#")),
    )


HOME = s.PortalHome(
    "portal-submit.html",
    "portal-follow-query.html",
    s.Link("哪些事热线不办，该找谁", "#"),
    "#",
    published=(
        s.PublishedRow("求助", "小区楼道灯坏了归谁修", "三里湾街道 · 11月20日答复", "#"),
        s.PublishedRow("咨询", "老年优待证怎么补办", "市卫健委 · 11月19日答复", "#"),
        s.PublishedRow("投诉", "工地夜里施工谁来管", "市城管局 · 11月18日答复", "#"),
    ),
    asked=(s.Link("居民医保什么时候缴费", "#"), s.Link("停水停气找谁", "#"), s.Link("临时救助怎么申请", "#")),
    figures_said="昨天收到 1,284 件，934 件当场答复。",
)


PUBLISHED = s.PublishedPage(HOME.published, "#", "#")
PUBLISHED_TEXT = s.PublishedText(
    "小区楼道灯坏了归谁修",
    "楼道里的灯坏了几个月，物业说不归它管。",
    "楼道灯由物业维修，费用从公共收益里出。\n物业不修的，可以找街道物业办。",
    (s.Fact("类别", "求助"), s.Fact("答复单位", "三里湾街道"), s.Fact("公开于", "11月20日")),
)


def submit(wrong: bool) -> s.PortalForm:
    kinds = (
        s.Choice("consultation", "咨询", "想问清楚一件事"),
        s.Choice("help", "求助", "遇到困难，要人帮忙解决", chosen=True),
        s.Choice("suggestion", "建议", "有个主意，想请政府采纳"),
        s.Choice("complaint", "投诉", "有人没把事办好，或损害了您"),
        s.Choice("report", "举报", "有人违法违纪；我们会保密"),
        s.Choice("praise", "表扬", "有人办得好，想夸一夸"),
    )
    fields = (
        s.FieldView("kind", "是哪一类事", "radio", choices=kinds, hint="拿不准就选“求助”，我们会帮您改。"),
        s.FieldView(
            "words",
            "请把事情说一说",
            "textarea",
            "" if wrong else "我们单元的灯三个月没亮过。",
            rows=7,
            max_length=2000,
            hint="发生了什么，找过谁，希望怎么办。像说话一样写就行。",
            missing_said="还没有写是什么事。",
            error="还没有写是什么事。" if wrong else "",
        ),
        s.FieldView(
            "place", "在什么地方", hint="县区、街道、小区或路口，写到能找到为止。", missing_said="请写在什么地方。"
        ),
        s.FieldView("happened", "什么时候开始的", required=False, hint="比如：三个月前，昨天晚上。"),
        s.FieldView("name", "怎么称呼您", autocomplete="name", hint="比如：周女士。", missing_said="请写怎么称呼您。"),
        s.FieldView(
            "phone",
            "您的电话",
            "phone",
            "1391234567" if wrong else "",
            autocomplete="tel",
            pattern=r"1\d{10}|0\d{2,3}-?\d{7,8}",
            hint="办的人要打给您问清情况。",
            missing_said="请写您的电话。",
            shape_said="电话少一位，手机号是 11 位。",
            error="电话少一位，手机号是 11 位。" if wrong else "",
            short=True,
        ),
        s.FieldView(
            "secrecy",
            "要不要保密",
            "radio",
            choices=(
                s.Choice("none", "不用保密", chosen=True),
                s.Choice("unit", "不让办事的单位知道我是谁"),
                s.Choice("anonymous", "我不留姓名"),
            ),
        ),
        s.FieldView(
            "publish",
            "办完以后，可以把这件事公开吗",
            "radio",
            hint="公开前会去掉姓名、电话和门牌。",
            choices=(s.Choice("yes", "可以"), s.Choice("no", "不可以"), s.Choice("unasked", "没想好", chosen=True)),
        ),
    )
    form = s.FormView("我要反映", "#", fields, act_id="a1", submit_term="下一步，核对")
    return s.PortalForm("您遇到什么事", "大约 5 分钟。不用注册。", form)


FOLLOW_QUERY = s.PortalForm(
    "查办理进度",
    "编号和查询码在您交上来的时候告诉过您。",
    s.FormView(
        "查办理进度",
        "#",
        (
            s.FieldView(
                "number",
                "事项编号",
                value="20261118-0233-9",
                hint="像 20261118-0233-9 这样。",
                missing_said="请写事项编号。",
            ),
            s.FieldView("code", "查询码", hint="字母和数字，大小写都行。", missing_said="请写查询码。"),
        ),
        problem="编号和查询码对不上。请再看一遍；忘了就打 12345。",
        submit_term="查",
    ),
)
CHECK = s.PortalCheck(
    "#",
    (
        s.CheckRow("kind", "哪一类", "求助"),
        s.CheckRow(
            "words",
            "是什么事",
            "我们单元从一楼到六楼，灯三个月没亮过。报了两回物业，都说等配件。\n就想问问到底归谁修，哪天能亮。",
        ),
        s.CheckRow("place", "在哪里", "三里湾街道 梧桐里小区 6 栋 2 单元"),
        s.CheckRow("name", "称呼", "周女士"),
        s.CheckRow("phone", "电话", "139 0000 2716"),
        s.CheckRow("secrecy", "保密", "不用保密"),
        s.CheckRow("publish", "公开", "没想好"),
    ),
    (("kind", "help"), ("words", "我们单元")),
    "a1",
)
DONE = s.PortalDone(
    "20261118-0233-9",
    "K7QF-3MVA-X2",
    "11月25日（周三）24:00 前答复您",
    c("五（二）2"),
    "求助 5 个工作日内答复 · 五（二）2",
    "portal-follow.html",
    next_steps=("我们看过以后转给管事的单位。", "单位会打电话给您，问清情况。", "办完了书面答复您，您来评价。"),
)
STEPS = (
    s.Step("11月18日", "您打来电话，我们转给埇桥区"),
    s.Step("11月19日", "街道给您打电话，问清情况"),
    s.Step("11月24日", "灯修好，每层试亮"),
    s.Step("11月25日", "书面答复您，按时"),
)
FOLLOW = s.PortalFollow(
    "20261118-0233-9",
    "楼道灯三个月不亮",
    "已经答复",
    "，等您评价",
    "settled",
    "11月25日（周三）24:00 前答复",
    c("五（二）2"),
    "求助 5 个工作日 · 五（二）2",
    "三里湾街道办事处",
    "0557-0000000",
    "6 栋 2 单元的楼道灯归物业修。街道督促物业换了 8 盏灯，11月24日每层都试亮了。以后再坏，物业 2 天内要修好。",
    answer_full_url="#",
    ask=s.Ask(
        "您的事解决了吗？", "再答三个小问题，不到 1 分钟", "#", "solved", (("yes", "解决了"), ("no", "没有解决"))
    ),
    steps=STEPS,
    links=(s.Link("补充情况", "#"), s.Link("对办理有意见", "#")),
)
FOLLOW_OPEN = s.PortalFollow(
    "20261118-0233-9",
    "楼道灯三个月不亮",
    "正在办",
    now_state="ontime",
    promised_said="11月25日（周三）24:00 前答复",
    clause=c("五（二）2"),
    clause_said="求助 5 个工作日 · 五（二）2",
    holder="埇桥区人民政府",
    steps=STEPS[:2],
)
REFUSED = s.PortalFollow(
    "20261119-0102-5",
    "和邻居的宅基地官司，不服判决",
    "不能办",
    steps=(s.Step("11月19日", "您在网上写来"), s.Step("11月19日", "我们告诉您该找谁")),
    not_accepted=s.NotAccepted(
        "已经到了法院的事，由法院按法律程序办，热线不能插手。您写的这些我们没有转给别人。",
        (
            s.WhereTo("审理这件案子的法院", "不服一审判决，可以在判决书写明的期限内上诉。", "12368"),
            s.WhereTo("法律援助中心", "请不起律师，可以申请免费帮忙。", "12348"),
        ),
        c("三（二）3"),
        "三（二）3",
        "11月19日",
        "觉得我们弄错了，打 12345 说明，由班长再看一遍。",
    ),
)
GRADES = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
RATE = s.PortalForm(
    "请您评价",
    "三个小问题，说真话就好。",
    s.FormView(
        "评价",
        "#",
        tuple(
            s.FieldView(name, label, "radio", choices=tuple(s.Choice(grade, grade) for grade in GRADES))
            for name, label in (("attitude", "态度怎么样"), ("speed", "快不快"), ("result", "结果怎么样"))
        ),
        submit_term="交评价",
    ),
)
