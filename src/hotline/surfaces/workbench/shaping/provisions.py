"""规定的名称 (terms of provisions): what code names in English, as people call it; the same words as the glossary's."""

TERMS = {
    "service": "服务", "passing_on": "转告", "centres": "中心", "levels": "级别", "level_duties": "各级职责",
    "office_dates": "热线办时限", "change_of_kind": "改类别", "date_shift": "整体顺延", "complaint_against": "投诉的回避",
    "sources": "来源规定", "handed_down": "下派", "acceptance_item": "受理项", "refusal": "不受理项",
    "refusal_review": "批准与复核", "transfer": "转外地规定", "ending": "终止", "missing_facts": "待补充",
    "handing_over": "紧急移交", "danger": "险情", "elements": "六要素", "left_records": "放下的记录",
    "callers": "诉求人种类", "repeat_contact": "再次来电",
    "withdrawal": "撤诉", "abuse": "骚扰", "knowledge": "知识库", "joining": "并单", "ways": "办理形式", "way": "一种办理形式",
    "connecting": "直办", "assisting": "协办", "designation": "指定", "rulings": "裁定", "submitting": "呈办",
    "urgent_report": "紧急信息规定", "receiving": "接单条件", "first_contact": "首次联系", "investigation": "调查",
    "follow_up": "回访规定", "spot_check": "抽查", "cards": "红黄牌", "supervision": "督办范围", "archive": "档案",
    "retention": "保管期限", "assessment": "考核", "responsibility": "责任", "trial_calls": "试拨", "own_notices": "本人的消息",
    "sign_for": "签收时限",
    "paper": "纸质件", "limit": "办理时限", "contact_after_signing": "签收后联系", "urgent": "紧急", "extension": "延期",
    "explained": "已解释、未解决", "letter_elements": "反馈件要素", "redo": "退回重办", "sign_off": "签批规定",
    "after_bounce": "退单之后", "return_of_orders": "退回工单", "finding": "追责情形", "measures": "追责措施", "website": "网站",
    "published_by_default": "默认公开", "non_publication": "申请不公开", "publication_wishes": "公开意愿",
    "publish_when": "公开条件", "publish_never": "不公开情形", "masking": "隐去的栏目",
    "advertising": "广告推销",
}  # fmt: skip
