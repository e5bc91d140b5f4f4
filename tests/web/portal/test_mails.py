"""Mails to units against an SMTP server on this machine: sent, refused, tried again; nothing is smuggled into headers."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.web.portal.test_wrong_workbooks import CODE, OTHER, Town, town
from xlsxeval.api import open_campaign
from xlsxeval.board.mail import is_mail_address
from xlsxeval.campaign.listener import SILENT
from xlsxeval.campaign.workspace import open_workspace
from xlsxeval.errors import UsageError
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory
from xlsxeval.results.mailing import mail_server, send_mails

__all__ = ["town"]
BASE = "https://jixiao.example.gov.cn"


class PostOffice(socketserver.ThreadingTCPServer):
    """An SMTP server that keeps what it is given; ``answers`` are its answers to recipients, 250 where none is left."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.answers: list[bytes] = []
        self.letters: list[Message] = []
        self.logins: list[bytes] = []


class _Counter(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"EHLO":
                self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            elif word == b"AUTH":
                self.server.logins.append(line.split()[-1])
                self.wfile.write(b"235 yes\r\n")
            elif word == b"RCPT":
                answer = self.server.answers.pop(0) if self.server.answers else b"250 yes"
                self.wfile.write(answer + b"\r\n")
            elif word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    text += part
                self.server.letters.append(email.message_from_bytes(text))
                self.wfile.write(b"250 kept\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 yes\r\n")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()


@pytest.fixture
def folder(town: Town, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(town.campaign, tmp_path / "任务")
    path = tmp_path / "任务" / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    for code, who in ((CODE, "jia"), (OTHER, "yi")):
        text = text.replace(
            f"code: '{code}'\n", f"code: '{code}'\n    contact: 王某某\n    email: {who}@unit.example.cn\n"
        )
    path.write_text(text, encoding="utf-8")
    return tmp_path / "任务"


def send(folder: Path, office: PostOffice, *, reminder: bool = False, user: str = "") -> list[tuple[bool, str]]:
    server = mail_server(f"smtp+plain://{user}127.0.0.1:{office.server_address[1]}?from=jixiao@example.gov.cn")
    clock = open_campaign(folder)._workspace.clock
    workspace = open_workspace(folder, Library(templates_directory()), clock=clock, by="王会计", listener=SILENT)
    sent = send_mails(workspace, [CODE, OTHER], BASE, reminder=reminder, server=server)
    return [(one.sent, one.told) for one in sent]


def body(letter: Message) -> str:
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_each_unit_gets_its_own_link(folder: Path, office: PostOffice) -> None:
    assert [sent for sent, _ in send(folder, office, user="u:geheim@")] == [True, True]
    assert [letter["To"] for letter in office.letters] == ["jia@unit.example.cn", "yi@unit.example.cn"]
    campaign = open_campaign(folder)
    for letter, code in zip(office.letters, (CODE, OTHER), strict=True):
        text = body(letter)
        token = text.split(f"{BASE}/u/")[1].split()[0]
        assert campaign.unit_of_link(token) == code
        assert "王某某" in text
    assert len(office.logins) == 1, "one connection for all"


def test_a_reminder_says_what_is_open(folder: Path, office: PostOffice) -> None:
    assert [sent for sent, _ in send(folder, office, reminder=True)] == [True, True]
    assert "还没有收到" in body(office.letters[0])
    assert f"{BASE}/u/" in body(office.letters[0])


def test_what_the_server_refuses_is_told_and_stops_no_other(folder: Path, office: PostOffice) -> None:
    office.answers = [b"550 no such user here", b"250 yes"]
    first, second = send(folder, office)
    assert first[0] is False
    assert "550" in first[1]
    assert "no such user" in first[1]
    assert second[0] is True


def test_a_busy_server_is_asked_again(folder: Path, office: PostOffice) -> None:
    office.answers = [b"451 later", b"451 later", b"250 yes", b"250 yes"]
    assert [sent for sent, _ in send(folder, office)] == [True, True]


def test_a_server_that_is_not_there_is_told(folder: Path, office: PostOffice) -> None:
    office.shutdown()
    office.server_close()
    first, _ = send(folder, office)
    assert first[0] is False
    assert "连不上" in first[1]


def test_contacts_are_in_no_workbook_and_no_ledger(folder: Path, town: Town) -> None:
    campaign = open_campaign(folder, by="王会计")
    campaign.generate(force=True, jobs=1)
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "campaign.yaml":
            assert b"unit.example.cn" not in path.read_bytes(), path
    line = campaign.unit(CODE)
    assert line is not None
    assert not line.form_changes, "an address is no reason to send a form anew"


@pytest.mark.parametrize(
    "text", ["a@b.cn\r\nBcc: x@y.cn", "a@b.cn, x@y.cn", "<a@b.cn>", "a b@c.cn", "a@b", "@b.cn", "汉字@b.cn", ""]
)
def test_what_is_no_address_is_sent_to_no_one(text: str) -> None:
    assert not is_mail_address(text)


@pytest.mark.parametrize("text", ["http://x", "smtp://", "smtp://h:99999?from=a@b.cn", "smtp://h?from=nobody"])
def test_a_server_named_wrongly_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="XLSXEVAL_SMTP"):
        mail_server(text)
