"""样张的虚构材料，受理台。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces.gallery_forms import choice
from surfaces.gallery_knowledge import BESIDE
from surfaces.gallery_staff import c, due, left


def field(name: str, label: str, value: str = "", **more: object) -> s.FieldView:
    return s.FieldView(name, label, value=value, **more)  # type: ignore[arg-type]


def element(name: str, label: str, value: str, hint: str, half: bool = False, rows: int = 0) -> s.ElementField:
    kind = "textarea" if rows else "text"
    return s.ElementField(field(name, label, value, kind=kind, hint=hint, rows=rows or 4), bool(value), half)


CALLER = (field("phone", "联系电话", "13900000000", kind="phone", required=False),
          field("name", "姓名或企业名称", "许女士", required=False))  # fmt: skip
MORE = (
    field("caller", "诉求人是", kind="choice", choices=choice("个人", "企业", "匿名"), required=False),
    field("channel", "来源", kind="choice", choices=choice("电话", "网络", chosen="电话")),
)
ELEMENTS = (
    element("time", "时间", "昨天 22:00 左右起，到现在", "什么时候发生的", half=True),
    element("place", "地点", "梧桐里小区 3 栋，整栋", "在哪里", half=True),
    s.ElementField(field("area", "县区、乡镇", kind="choice", required=False, choices=choice(*(f"埇桥区 › {name}" for name in
                   ("东关街道", "三里湾街道", "西关街道", "符离镇", "朱仙庄镇", "大店镇")))), False, True, counted=False),
    element("people", "人物", "来电人和母亲；同栋约 40 户", "涉及谁", half=True),
    element("cause", "事由", "小区二次供水停水", "为了什么事"),
    element("course", "经过", "昨晚十点整栋停水。今早找物业，值班的说水泵烧了。", "怎样发生的", rows=4),
    element("outcome", "结果", "", "现在怎样、希望怎样", rows=2),
)
KIND = field("kind", "种类", kind="radio",
             choices=choice("咨询", "求助", "建议", "投诉", "举报", "表扬", chosen="求助"))  # fmt: skip
FIELDS = (
    KIND,
    field("publish_wish", "是否愿意公开", kind="radio", choices=choice("愿意", "不愿意", "没有问", chosen="没有问")),
    field("item", "受理项", kind="choice", choices=choice("三（一）6 影响正常生产生活的诉求")),
    field("category", "类别", "供水", required=False),
    field("secrecy", "要求保密", kind="tick", choices=(s.Choice("1", "要求保密"),), required=False),
    field("absence", "缺要素的原因", required=False, hint="有要素说不清时，写明原因"),
)
OPEN = s.NearView("20261119-0308-5", "1119-0308", "非机动车道井盖缺失", "matter.html", "求助 · 办理中 · 11月19日",
                  left(2, "11月26日 24:00", "五（二）2"), "G")  # fmt: skip
PAST = s.NearView("20260903-0102-7", "0903-0102", "电梯停运两天", "matter.html", "求助 · 已归档 · 9月3日")
SAME = replace(OPEN, number="20261124-0402-1", number_short="1124-0402", gist="梧桐里 3 栋没水，家有婴儿", key="J")
CONNECT = s.VerbView("connect", "直办", "", False, "2", "现在不是工作时间，不能一键转接或三方通话。", c("四（二）2"))
WAYS = (s.VerbView("answer_at_once", "直接答复", "", True, "1"), CONNECT,
        s.VerbView("dispatch", "转办，交派单员", "", True, "3", primary=True),
        s.VerbView("submit", "呈办", "", True, "4"))  # fmt: skip
FORM = s.FormView("受理台", "#", (*CALLER, *MORE, *(one.field for one in ELEMENTS), *FIELDS), act_id="a1")
CALL = s.IntakeView(
    FORM, CALLER, MORE,
    s.CallerView("", (s.Fact("骚扰来电", "到 11月30日（周一）24:00 为止", clause=c("R-33")),), (OPEN,), (PAST,)),
    "记录", "六要素", c("四（一）段1"), ELEMENTS, "六要素已有 5 项，还差“结果”", FIELDS,
    (s.Rescue("110", "报警", "7"), s.Rescue("119", "火警", "8"), s.Rescue("120", "急救", "9")), WAYS,
    (s.RefusalView(c("三（二）6"), "纯属个人问题，与政府职责无关", "您反映的是与政府职责无关的个人问题，热线不能受理。",
                   "人民调解组织", "登记，提请班长"),),
    (s.Fact("现在转办", due=due("ontime", "还剩 5 个工作日", "12月1日（周二）24:00", "五（二）2")),),
    "14:26:05 已保存在服务器", (s.Link("14:02 楼道灯不亮", "intake.html"),), "intake.html", (SAME,),
    find="居住证", entries=BESIDE,
)  # fmt: skip
NAMELESS = replace(ELEMENTS[3].field, value="", error="请填写“事由”。")
WRONG = replace(
    CALL, form=replace(FORM, fields=(*FORM.fields[:7], NAMELESS, *FORM.fields[8:])), caller=s.CallerView("号码还没有查过。"),
    elements=(*ELEMENTS[:3], replace(ELEMENTS[3], field=NAMELESS, given=False), *ELEMENTS[4:]), drafts=(),
    near=(), near_said="选好县区、乡镇，这里列出附近说同一件事的。", entries=(),
    entries_said="现行有效的词条里没有说这件事的。", propose_url="/staff/knowledge/propose/",
    find="", saved_said="", limits=(s.Fact("期限", "选好种类，这里写现在转办要在哪一天前办结。"),),
)  # fmt: skip
