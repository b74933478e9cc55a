"""样张的虚构材料，审核台和回访台。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces import gallery_staff as staff
from surfaces.gallery_forms import choice
from surfaces.gallery_staff import c, due

MATTER = staff.matter()
WORDS = s.FieldView("words", "意见", "textarea", "请补上第三问：以后归谁管。", required=False,
                    hint="退回的写哪里不行、要补什么，单位会看到；通过的记为审核意见")  # fmt: skip
FORM = s.FormView("审核台", "#", (WORDS,), None, "a1", 12)


def item(name: str, term: str, state: str = "有", note: str = "", key: str = "", ticked: bool = False) -> s.CheckItem:
    return s.CheckItem(f"because_{name}", term, state, note, ticked, key, state == "缺")


CHECKS = (
    s.CheckGroup("内容，用眼看", "有问题的，退回重办", c("五（三）"), (
        item("thin", "内容不详实", "看", key="1"), item("unclear", "事实不清楚", "看", key="2", ticked=True))),
    s.CheckGroup("", "缺的，退回重办", c("五（三）"), (
        item("responds_to_request", "对诉求的正面回应", "看", key="6"),
        item("citations", "政策法规引用的文号和出处", "缺", key="7", ticked=True),
        item("contact_summary", "与诉求人沟通反馈的情况", note="38 字", key="8"))),
    s.CheckGroup("", "缺的，退单", c("五（四）"), (
        item("responsible_name", "责任人姓名", note="温言", key="9"),
        item("sign_off", "按规定层级的审核、签批", note="分管负责人，11月23日 15:58", key="0"))),
)  # fmt: skip
LETTER = s.LetterView("市住房和城乡建设局的反馈件", "待审核", (
    s.LetterText("给平台的反馈", "物业企业收取装修押金两千元，凭的是双方签订的装修管理协议。"),
    s.LetterText("给诉求人的答复（11月20日 15:10 已答复）", "押金两千元已于 11月19日 退回。"),
    s.LetterText("供公开的文本", "")), "市住房和城乡建设局，责任人 温言")  # fmt: skip
DESK = s.ReviewView(
    FORM, replace(MATTER, verbs=(), more_verbs=()), s.Place("待审核 23", "", "review.html"),
    due("ontime", "还剩 1 个工作日 9 小时", "11月25日（周三）24:00", "R-19"),
    (s.CallLine("11月24日 09:12", "电话", "押金退了，可是前台说以后还收。", since=True), s.CallLine("11月20日 15:10", "网络")),
    LETTER, (replace(LETTER, status_said="退回重办"),),
    (s.HintView("诉求人在反馈件写好以后又来过电话，看答复说到没有。", "来电记录", c("R-23")),
     s.HintView("诉求里有 3 处问句，对照着看是否都答了。", "诉求人的话")),
    CHECKS, WORDS,
    (s.FactGroup("退回重办", (s.Fact("新的期限", due=due("ontime", "还剩 3 个工作日", "11月27日（周五）24:00", "R-06")),
                          s.Fact("退回重办", "连续第 1 次"),
                          s.Fact("亮牌", card=s.CardMark("yellow", "黄牌", "退回重办", c("四（五）段1"))))),),
    (s.VerbView("approve", "审核通过", "", True, "V", primary=True), s.VerbView("send_back", "退回重办", "", True, "B"),
     s.VerbView("bounce", "退单", "", False, "Y", "工单现在“已通过”，不能“退单”。", c("R-17"))),
)  # fmt: skip
WRONG = replace(
    DESK, form=replace(FORM, fields=(s.FieldView("reasons", "理由", error="请至少勾选一条理由。"), WORDS)), calls=(), hints=(),
    earlier=(), due=None,
)  # fmt: skip
PAGES = {"review": {"review": DESK}, "review-wrong": {"review": WRONG}, "review-empty": {"list_url": "desk.html"},
         "review-skipped": {"list_url": "desk.html", "again_url": "review.html"}}  # fmt: skip


GRADES = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
LISTS = (s.Link("待回访 12", "follow-up.html", True), s.Link("不满意待定 3", "follow-up-unhappy.html"))


def asked(name: str, label: str, *terms: str, chosen: str = "", **more: object) -> s.FieldView:
    return s.FieldView(name, label, "radio", choices=choice(*terms, chosen=chosen), **more)  # type: ignore[arg-type]


ANSWERS = (
    asked("means", "方式", "电话", "短信", chosen="电话"), asked("solved", "事情解决了吗", "解决了", "没有解决"),
    asked("attitude", "态度", *GRADES, required=False), asked("result", "结果", *GRADES, chosen="满意"),
    s.FieldView("opinion", "意见、建议", "textarea", required=False, rows=3),
)
CALL = s.FollowUpView(
    replace(FORM, fields=ANSWERS), DESK.matter, s.Place("待回访 12", "", "follow-up.html"), DESK.calls,
    (s.Fact("为什么", "必须回访：曾退回重办", clause=c("四（四）段1")), s.Fact("种子", "b4c7d8ecaa5df444"),
     s.Fact("算出来是", "0.1225，小于 20%")),
    ("您好，这里是宿州 12345 热线，给您做个回访。", "这件事解决了没有？"), (LETTER,), (s.Fact("电话", "11月24日 10:12 没有联系上"),),
    ANSWERS, (s.FactGroup("回访", (s.Fact("没有联系上的", "已在不同钟点电话回访 1 次，需要 3 次均未接通"),)),),
    (s.VerbView("follow_up", "联系上了，记下回访", "", True, "H", primary=True),
     s.VerbView("missed", "没有联系上", "", True, "U")),
)  # fmt: skip
REASON = (s.FieldView("reason", "理由", "textarea", error="请填写“理由”。", rows=3),)
UNHAPPY = replace(
    CALL, form=replace(FORM, fields=REASON), fields=REASON, tries=(s.Fact("电话", "11月24日 10:12 没有解决，结果不满意", "四楼还是不亮。"),),
    verbs=(s.VerbView("order_redo", "不满意重办", "", True, "O", primary=True),
           s.VerbView("accept_dissatisfaction", "认可不再重办", "", False, "M",
                      "“回访”是您经手的，“认可不再重办”须由另一人办。", c("四（四）段1"))),
)  # fmt: skip
CALLS = {"follow-up": {"follow": CALL}, "follow-up-unhappy": {"follow": UNHAPPY},
         "follow-up-empty": {"list_url": "desk.html"},
         "follow-up-skipped": {"list_url": "desk.html", "again_url": "follow-up.html"}}  # fmt: skip


SIGN = s.SignOffView(
    replace(FORM, term="签批台", fields=(WORDS,)), DESK.matter, s.Place("待签批 2", "", "sign-off.html"), DESK.due,
    replace(LETTER, elements=(s.Element("责任人姓名", False, "", c("五（四）")), s.Element("是否属实", True, "属实", c("五（三）")))),
    DESK.earlier, DESK.hints, CHECKS[0].items, WORDS,
    (s.VerbView("sign_off", "签批", "", True, "Q", primary=True), s.VerbView("hand_back_draft", "发回修改", "", True)),
    "reply-print.html",
)  # fmt: skip
SIGNING = {"sign-off": {"sign": SIGN}, "sign-off-empty": {"list_url": "desk.html"},
           "sign-off-wrong": {"sign": replace(SIGN, form=replace(WRONG.form, problem="勾了要改的地方，就不能签批。"), hints=(),
                                              earlier=())},
           "sign-off-skipped": {"list_url": "desk.html", "again_url": "sign-off.html"}}  # fmt: skip
