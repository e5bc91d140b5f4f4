"""Names and numbers of people, blotted out before anything is judged, so that no output can quote them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xlsxeval.audit.documents.report_file import ReportCell

_MOBILE = re.compile(r"(?<![\d.])(1[3-9]\d)[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.])(0\d{2,3})[-—－\s()（）]{0,2}\d{7,8}(?!\d)")
_IDENTITY = re.compile(r"(?<![\d.])\d{6}(?:19|20)\d{9}[\dXx](?![\dXx])")
_WHO = (
    r"(?:填表|填报|填写|联系|经办|审核|审批|制表|评价|负责|报告|主管|财务|项目|单位|部门|处室){0,2}"
    r"(?:负责人|填表人|填报人|联系人|经办人|审核人|制表人|评价人|主管领导|分管领导|签字人|评价组成员)"
)
_SIGNED = r"(?:[（(]?(?:签字|签名|签章|盖章)[)）]?|姓名){0,2}"
_NAMED = re.compile(
    "(" + _WHO + _SIGNED + r"\s{0,4}[:：]\s{0,4})"
    r"([\u4e00-\u9fff](?:\s?[\u4e00-\u9fff·]){1,3}?)(?=\s|$|[^\u4e00-\u9fff·]|联系|电话|填报|填表|单位|日期|审核)"
)
_LABEL = re.compile(_WHO + _SIGNED + "[:：]?")
_CALLED = re.compile(r"(电话|手机|联系方式|传真)([^\d]{0,6})(\d[\d\s-]{5,})")
_PHONE_LABEL = re.compile(r".{0,6}(?:电话|手机|联系方式)(?:号码)?[:：]?")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
NAME, PHONE = "某某", "********"


def blotted(text: str) -> str:
    """The text with 某某 for names behind their labels, and stars for telephone and identity numbers."""
    text = _IDENTITY.sub("*" * 18, text)
    text = _MOBILE.sub(rf"\1{PHONE}", text)
    text = _LANDLINE.sub(rf"\1-{PHONE}", text)
    text = _CALLED.sub(rf"\1\2{PHONE}", text)
    return _NAMED.sub(rf"\1{NAME}", text)


def blotted_cells(cells: Sequence[ReportCell]) -> tuple[ReportCell, ...]:
    """Cells with the same blotted out, also where the label stands in the cell before."""
    found: list[ReportCell] = []
    before = ""
    for cell in cells:
        text = blotted(cell.text)
        plain = "".join(text.split())
        if _LABEL.fullmatch(before) and _NAME.fullmatch(plain):
            text = NAME
        elif _PHONE_LABEL.fullmatch(before) and sum(sign.isdigit() for sign in plain) >= 5:
            text = PHONE
        found.append(cell if text == cell.text else replace(cell, text=text))
        before = "".join(cell.text.split())
    return tuple(found)
