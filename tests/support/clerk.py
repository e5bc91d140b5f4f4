"""What a clerk has on her desk: a roster of eight units, first with mistakes, and twenty returns of all kinds."""

from __future__ import annotations

import copy
import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import yaml
from openpyxl import load_workbook

from tests.support.made.spoiling import resaved, retexted, unprotected
from xlsxeval.api import fill, new_roster, sample

SAMPLE = "chenxi-2024"
NAMES = ("办公室", "规划局", "农业局", "水务局", "档案馆", "图书馆", "测绘院", "信息中心")
CODES = tuple(f"4312230{number:02}" for number in range(1, len(NAMES) + 1))
_FIRST_LINE = 3


def roster(*, id_: str = "zp-2024", mistakes: bool = False) -> bytes:
    """名册.xlsx of the eight units; with ``mistakes`` one code stands twice, a date is none, and weights do not add up."""
    data = yaml.safe_load((sample(SAMPLE) / "campaign.yaml").read_text(encoding="utf-8"))
    (unit,) = data["units"]
    units = [
        copy.deepcopy(unit) | {"code": code, "name": f"某某县{name}"} for code, name in zip(CODES, NAMES, strict=True)
    ]
    data |= {"campaign": id_, "department": "某某县财政局", "units": units}
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "campaign.yaml"
        source.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        made = new_roster(Path(place) / "new", source).roster.read_bytes()
    return with_mistakes(made) if mistakes else made


def with_mistakes(made: bytes) -> bytes:
    """The roster with what people type wrong."""
    book = load_workbook(io.BytesIO(made))
    book["单位"].cell(_FIRST_LINE + 7, 1).value = CODES[0]
    book["任务"]["B6"].value = "五月底"
    weights = [cell.value for cell in book["指标"][1]].index("分值") + 1
    book["指标"].cell(_FIRST_LINE, weights).value = 60
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def returned(blank: Path, *changes: tuple[str, str]) -> bytes:
    """A unit's workbook filled in with care, but for ``changes`` of what was typed."""
    text = (sample(SAMPLE) / "values" / "careful.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    with tempfile.TemporaryDirectory() as place:
        values, path = Path(place) / "values.yaml", Path(place) / "return.xlsx"
        values.write_text(text, encoding="utf-8")
        fill(blank, values, path)
        return path.read_bytes()


WRONG = ("funds.basic: 611.34", "funds.basic: 600")


def returns(blanks: Mapping[str, Path], foreign: Path) -> dict[str, bytes]:
    """Twenty files as they come back, by their names; ``blanks`` are the workbooks by units' codes, ``foreign`` another's."""
    right = {code: returned(blank) for code, blank in blanks.items()}
    wrong = {code: returned(blank, WRONG) for code, blank in blanks.items()}
    first, second, third, fourth, fifth, sixth, seventh, eighth = CODES
    packed, mail = io.BytesIO(), EmailMessage()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("水务局/自评表.xlsx", right[fourth])
        archive.writestr("水务局/说明.txt", "请查收".encode())
    mail["Subject"], mail["From"], mail["Date"] = "报送自评表", "library@example.com", dt.datetime(2025, 5, 20, 9)
    mail.set_content("请查收。")
    mail.add_attachment(right[sixth], maintype="application", subtype="octet-stream", filename="图书馆自评表.xlsx")
    return {
        "办公室自评表.xlsx": right[first],
        "办公室自评表（重复）.xlsx": right[first],
        "规划局.xlsx": wrong[second],
        "规划局（改）.xlsx": right[second],
        "农业局.xlsx": wrong[third],
        "水务局.zip": packed.getvalue(),
        "档案馆.xlsx": unprotected(right[fifth], "报告正文"),
        "报送自评表.eml": mail.as_bytes(),
        "测绘院.xlsx": retexted(right[seventh], "评价指标分析", "A3", "别的字"),
        "信息中心（空白）.xlsx": blanks[eighth].read_bytes(),
        "去年的表.xlsx": returned(foreign),
        "空文件.xlsx": b"",
        "没下载完.xlsx": right[first][:9000],
        "说明.docx": b"PK\x03\x04 no document",
        "照片.jpg": b"\xff\xd8\xff\xe0 picture",
        "旧版.xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
        "网页.xlsx": b"<html><table><tr><td>1</td></tr></table></html>",
        "~$办公室自评表.xlsx": b"\x05user",
        "另存一次.xlsx": resaved(right[fourth]),
        "回执.txt": "已收到".encode(),
    }
