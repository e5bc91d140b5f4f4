"""``account``, ``links``, ``serve`` and the notices with links, at the terminal."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.running import run
from tests.web.conftest import Posted, posted
from xlsxeval.api import open_campaign
from xlsxeval.web.portal.passwords import is_password

__all__ = ["posted"]
URL = "https://jixiao.example.gov.cn/portal"


@pytest.fixture
def task(posted: Posted, tmp_path: Path) -> Path:
    shutil.copytree(posted.campaign, tmp_path / "任务")
    return tmp_path / "任务"


def test_users_are_made_reset_and_closed(task: Path) -> None:
    assert run("account", task).out == "还没有用户。\n"
    made = run("account", task, "王会计", "--role", "organiser", "--by", "管理员")
    assert made.code == 0, made.err
    first = made.out.strip()
    again = run("account", task, "王会计").out.strip()
    assert first != again
    kept = open_campaign(task).accounts()["王会计"].password
    assert is_password(kept, again)
    assert not is_password(kept, first)
    assert run("account", task).out == "王会计  组织人员\n"
    refused = run("account", task, "王会计", "--close")
    assert refused.code == 2
    assert "唯一" in refused.err
    assert run("account", task, "李审计").code == 2, "a new user needs a role"
    run("account", task, "李审计", "--role", "auditor")
    assert run("account", task, "李审计", "--close").code == 0
    assert "停用：李审计" in run("ledger", "history", task).out
    assert first not in run("ledger", "history", task).out


def test_links_are_listed_and_revoked(task: Path, posted: Posted, tmp_path: Path) -> None:
    listed = tmp_path / "链接.xlsx"
    assert run("links", task, "-o", listed, "--url", "jixiao.example").code == 2
    assert run("links", task).code == 2
    assert run("links", task, "-o", listed, "--url", URL).code == 0
    assert run("links", task, "-o", listed, "--url", URL).code == 2, "a list is never overwritten"
    (row,) = load_workbook(listed).active.iter_rows(min_row=4, values_only=True)  # type: ignore[union-attr]
    token = str(row[2]).removeprefix(f"{URL}/u/")
    assert open_campaign(task).unit_of_link(token) == posted.code
    assert run("links", task, "--revoke").code == 0
    assert open_campaign(task).unit_of_link(token) is None


def test_notices_carry_links(task: Path, posted: Posted, tmp_path: Path) -> None:
    done = run("generate", task, "-o", tmp_path / "发", "--zip", "--links", URL)
    assert done.code == 0, done.err
    (parcel,) = (tmp_path / "发").glob("*.zip")
    with zipfile.ZipFile(parcel) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".docx"))
        archive.extract(name, tmp_path)
    text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / name)).paragraphs)
    (token,) = re.findall(rf"{URL}/u/([\w-]+)", text)
    assert open_campaign(task).unit_of_link(token) == posted.code
    done = run("remind", task, "-o", tmp_path / "催", "--links", URL)
    assert done.code == 0, done.err
    (letter,) = (tmp_path / "催").glob("*/*.txt")
    (other,) = re.findall(rf"{URL}/u/([\w-]+)", letter.read_text(encoding="utf-8-sig"))
    assert other != token
    assert open_campaign(task).unit_of_link(other) == posted.code
    run("generate", task, "-o", tmp_path / "又发", "--zip")
    (parcel,) = (tmp_path / "又发").glob("*.zip")
    with zipfile.ZipFile(parcel) as archive:
        assert URL.encode() not in b"".join(archive.read(one) for one in archive.namelist())


def test_serve_refuses_what_is_not_safe(task: Path, tmp_path: Path) -> None:
    refused = run("serve", task, "--host", "0.0.0.0", "--port", "0")
    assert refused.code == 2
    assert "--without-tls" in refused.err
    refused = run("serve", task, "--host", "0.0.0.0", "--port", "0", "--without-tls")
    assert refused.code == 2
    assert "--url" in refused.err
    assert run("serve", tmp_path / "没有").code == 2


def test_doctor_looks_at_the_portal(task: Path) -> None:
    run("account", task, "王会计", "--role", "organiser")
    found = run("doctor", "--campaign", task)
    assert "组织人员 1 个" in found.out
    assert "上报页面" in found.out
