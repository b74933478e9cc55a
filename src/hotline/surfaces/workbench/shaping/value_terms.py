"""取值的名称 (terms of values): how the rulebook's keys of values are called by people who read the page of a clause."""

from __future__ import annotations

from collections.abc import Mapping

TERMS = {
    "acceptance": "受理情况公开", "acts": "做什么", "again_calendar_days": "没通的隔几天再拨（自然日）", "agreed_by": "谁同意",
    "always": "一定要回访的", "applied_by": "谁申请", "approved_by": "谁同意", "approver": "谁批准",
    "archived_new_facts": "归档以后有新情况", "ask_calendar_days": "提前或限期几天（自然日）", "ask_first": "先请诉求人补充",
    "aspects": "评价哪几项", "back": "后台", "bars": "不公开的", "by_day": "白天的时段", "calendar_days": "自然日",
    "channel": "该走的渠道", "channels": "该走的渠道", "classes": "哪几类", "clerk": "要有承办人",
    "closed_new_facts": "办结以后有新情况", "closed_same_facts": "办结以后没有新情况", "consecutive": "连续几次",
    "decide_working_days": "几个工作日内决定", "decided_by": "谁决定", "designate_from": "第几次退回起提请指定",
    "document_mark": "文号的写法", "document_required": "要有文件", "duty_phone": "要有值班电话", "elements": "要素",
    "emergency_numbers": "紧急电话", "escalate_working_days": "几个工作日没有结果就上报",
    "every_calendar_days": "几天拨一次（自然日）", "fed_back": "要反馈的来源", "fields": "隐去的栏目", "front": "前台",
    "good": "算通的结果", "government": "政府指定的", "grades": "档次", "grounds": "情形", "hand_over": "移交紧急救助",
    "handed_over": "移交的", "handled_by": "由谁办", "id": "名称", "important": "重要的来源", "important_when": "算重要的情形",
    "kept_alive_by": "不能撤的情形", "kind": "事项种类", "kinds": "事项种类", "leader_reminder_working_days": "提醒领导（工作日）",
    "least_working_days": "至少留几个工作日", "level": "级别", "levels": "级别", "limits_in_all": "延期合计不超过几个时限",
    "lock_text": "原文封存", "longer": "保管更久的一类", "longer_kinds": "保管更久的种类", "longer_when": "保管更久的情形",
    "longest_calendar_days": "最长几天（自然日）", "look": "算现场看过的方式", "mail": "能发邮件的", "means": "方式",
    "merits": "内容上的问题", "minutes": "分钟", "name": "名称", "names": "名称", "needs": "要写的", "not_wishes": "不公开的意愿",
    "number": "号码", "numbers": "号码", "office_hours": "办公时间", "on_duty": "值班要做到", "one_kind_per_matter": "一件只归一种",
    "online_answer": "网上可看答复", "open_same_facts": "办理中又来电", "order": "次序", "ordered_at": "在哪里决定",
    "ordered_by": "谁决定", "ordinary": "一般件谁签批", "outcomes": "结果", "own": "热线自己能给的", "papers": "归档的材料",
    "phone_dispatch_minutes": "电话件几分钟内派出", "promise": "答应诉求人的日期", "rating_calendar_days": "评价开放几天（自然日）",
    "ratings": "公布评价", "reason": "理由", "red": "亮红牌的", "red_send_backs": "退回几次亮红牌",
    "redo_working_days": "重办几个工作日", "redos": "不满意可重办几次", "refused_for": "不备案的理由",
    "reminder_above_working_days": "时限超过几个工作日才提醒", "reminder_working_days": "提前几个工作日提醒",
    "result": "办理结果公开", "return_working_days": "退回申请几个工作日内决定", "review_months": "几个月内复查",
    "review_working_days": "几个工作日内审核", "round_the_clock": "全天受理", "scope": "范围", "share": "抽取的比例",
    "shows": "并单以后看得到的", "signers": "谁能签批", "sms": "能发短信的", "sorts": "种类", "term": "名称", "terms": "名称",
    "told": "告诉诉求人的话", "tries": "几次", "urgent_calendar_days": "紧急件几天（自然日）",
    "urgent_dispatch_minutes": "紧急件几分钟内派出", "urgent_minutes": "紧急件几分钟内",
    "urgent_return_minutes": "紧急件退回几分钟内决定", "urgent_yellow_minutes": "紧急件提前几分钟亮黄牌", "usual": "平常的一类",
    "waivers": "可以免的", "web_dispatch_working_days": "网络件几个工作日内派出", "weights": "权重", "wishes": "意愿",
    "words": "词", "working_days": "工作日", "working_days_before": "提前几个工作日",
    "working_days_before_lead": "比主办早几个工作日", "working_days_before_parent": "比上级早几个工作日", "years": "保管年数",
    "yellow": "亮黄牌的", "yellow_send_backs": "退回几次亮黄牌", "yellow_working_days": "提前几个工作日亮黄牌",
}  # fmt: skip
# Below them, where the value itself does not say what it is of.
PARTS = {
    "weights": {"on_time": "按时", "quality": "质量", "satisfaction": "满意", "signed_in_time": "及时签收", "solved": "解决"},
    "years": {"ordinary": "一般", "important": "重要", "long": "较长", "short": "较短"},
}  # fmt: skip
# What is asked of an element of the letter, and what follows where it lacks.
OF_AN_ELEMENT = {"term": "叫什么", "rule": "怎样才算有", "consequence": "没有的", "unless": "可以不写的情形", "options": "可选的"}
# Words of the rulebook's files that are values themselves, and no kind, role or verb.
WORDS = {
    "affirmed": "审核员认为正面回应了", "anew": "另算", "answered": "接通", "archived_new_facts": "归档以后有新情况",
    "arrived": "新到的", "bad_attitude": "态度恶劣、打击报复", "changed": "别的变化", "citations": "写了文号和出处", "city": "市政府",
    "decided": "选了解决没有", "designated": "政府指定", "due": "当天到期的", "false_feedback": "弄虚作假、反馈不实", "hotline": "热线",
    "important": "重要的一类", "inspection_centre": "监察中心", "join": "并入原来的一件", "kept": "照旧", "leaking": "透露信息",
    "left": "离手的", "level_2": "二级单位", "level_3": "三级单位", "linked_matter": "另登记一件，与原来的相连", "long": "较长",
    "mailbox": "市领导信箱", "merged": "合并的热线", "no": "不要公开", "no_citation_reason": "写了没有引用的理由", "none": "不用批准",
    "not_asked": "没有问", "office": "热线办", "one_of": "从可选的里选了一个", "ordinary": "一般的一类", "overdue": "逾期未办",
    "phone": "写了电话号码", "pressing": "催办、督办、批示、亮牌", "province": "省级平台", "publishable": "可以公开的",
    "refused_to_handle": "拒不办理", "reopen": "重开", "repeat_answer": "重复原来的答复", "sent_back_again": "连续退回重办",
    "short": "较短", "stalling": "久拖不结", "text": "写了", "unit": "承办单位",
}  # fmt: skip


def term_of(path: str, named: Mapping[str, str] | None = None) -> str:
    """The way to a value (`weights.on_time`) as people would call it; `named`: how the rulebook calls its elements."""
    top, *below = path.split(".")
    known = {**OF_AN_ELEMENT, **(named or {})} if top == "elements" else {**WORDS, **PARTS.get(top, {})}
    words = [part if part.isdigit() else known.get(part, "") for part in below]
    return " ".join(filter(None, (TERMS.get(top, top), *words)))
