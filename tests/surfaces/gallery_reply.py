"""样张的虚构材料，写反馈件和打印的反馈件。"""

from __future__ import annotations

from dataclasses import replace

from hotline.surfaces.ui import shapes as s
from surfaces import gallery_staff as staff
from surfaces.gallery_review import LETTER
from surfaces.gallery_staff import c


def line(term: str, name: str, clause: str = "五（三）", met: bool = True) -> s.ElementLine:
    return s.ElementLine(term, met, f"f-{name}", c(clause))


FIELDS = (
    s.FieldView("reply", "反馈件正文", "textarea", "经查，押金两千元已于 11月19日 退回。", rows=8, section="三个文本"),
    s.FieldView("citations", "政策法规引用的文号和出处", "textarea", required=False, hint="每行一条：名称 | 文号", section="要素",
                section_note="可以先存着，签批前要写齐"),
    s.FieldView("files", "证据材料", "files", required=False, section="证据"),
)  # fmt: skip
FORM = s.FormView("写反馈件", "#", FIELDS, c("五（三）"), "a1", 12, back=s.Link("不写了", "desk.html"))
ELEMENTS = s.ElementsView(
    (line("反馈件正文", "reply"), line("政策法规引用的文号和出处", "citations", met=False),
     line("责任人姓名", "reply", "五（四）", met=False)), "还缺 2 项，签批前要写齐", "10:21:33 已保存在服务器",
)  # fmt: skip
CITES = (s.CiteView("《物业管理条例》（国务院令第698号）", "物业管理条例 | 国务院令第698号", "同类事项引用过，3 件"),)
RETURNED = (replace(staff.matter().timeline[0], said="退回重办：内容不详实", facts=("请写明换了哪几盏。",)),)
WRITING = s.ReplyView(FORM, replace(staff.matter(), why=None), ELEMENTS, "d1", True, CITES, c("五（三）"), RETURNED,
                      (LETTER,))  # fmt: skip
WRONG = replace(
    WRITING, form=replace(FORM, fields=(replace(FIELDS[0], value="", error="请填写“反馈件正文”。"),), back=None), begun=False,
    returned=(), earlier=(), cites=(), elements=replace(ELEMENTS, saved_said=""),
)  # fmt: skip
PRINTED = s.PrintedLetter(
    "宿州市住房和城乡建设局", "关于 20261118-0233-9 号诉求事项的反馈", "宿州市12345热线",
    (s.LetterText("反馈件正文", "经查，押金两千元凭的是装修管理协议。\n\n已于 11月19日 退回。"), s.LetterText("给诉求人的答复", "押金已退。"),
     s.LetterText("政策法规引用的文号和出处", "《物业管理条例》（国务院令第698号）")),
    (s.Fact("是否属实", "属实"), s.Fact("是否解决", "是")),
    (s.Fact("责任人姓名", "温言"), s.Fact("承办责任人联系电话", "05570000002")), "2026年11月24日", "草稿，还没有交",
    "宿建函〔2026〕12号", True,
)  # fmt: skip
BACK = s.Link("回去接着写", "reply.html")
