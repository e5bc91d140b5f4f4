"""Mails to units through an SMTP server: an invitation with the unit's link, or a reminder with what is open.

The server is named in the environment: ``XLSXEVAL_SMTP=smtps://user:password@smtp.example.cn:465?from=a@example.cn``
(``smtp://`` speaks STARTTLS; ``smtp+plain://`` does not, for a server on this machine).
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from xlsxeval.board import BoardLine, CampaignState
from xlsxeval.board.mail import is_mail_address
from xlsxeval.board.notices import WAY, Enclosed, notice, open_units, with_link
from xlsxeval.board.words import day_text
from xlsxeval.campaign.workbooks import chosen_units
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.collection.unit_links import link_address
from xlsxeval.errors import UsageError
from xlsxeval.forms.campaign import Unit
from xlsxeval.results.board import state_of
from xlsxeval.results.link_list import links_made
from xlsxeval.rules.catalogue import catalogue

VARIABLE: Final = "XLSXEVAL_SMTP"
_SECONDS: Final = 30.0
_TRIES: Final = 3
_PORTS: Final = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server and how to speak to it; ``sender`` is the address that mails come from."""

    host: str
    port: int
    way: str
    user: str
    password: str
    sender: str


@dataclass(frozen=True, slots=True)
class SentMail:
    """Outcome of a unit's mail: ``told`` says it in words, with the server's answer where it refused."""

    unit: str
    sent: bool
    told: str


def mail_server(text: str | None = None) -> MailServer | None:
    """The server that the environment names, None where it names none. Raises UsageError for a wrong address."""
    text = os.environ.get(VARIABLE, "") if text is None else text
    if not text:
        return None
    parts = urlsplit(text)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    user = unquote(parts.username or "")
    sender = (parse_qs(parts.query).get("from") or [user])[0]
    if parts.scheme not in _PORTS or not parts.hostname or not port or not is_mail_address(sender):
        raise UsageError(
            f"{VARIABLE} 写得不对。请写成 smtps://用户:密码@主机:465?from=发件地址（用户和密码里的特殊字符写成 %XX）。"
        )
    return MailServer(parts.hostname, port, parts.scheme, user, unquote(parts.password or ""), sender)


def send_mails(
    workspace: Workspace,
    codes: Sequence[str],
    base: str,
    *,
    reminder: bool,
    server: MailServer | None = None,
    pause: Callable[[float], None] = lambda seconds: None,
) -> list[SentMail]:
    """Makes a link for each of these units that has an address, and sends it. A refusal does not stop the others.

    A reminder goes to those with something left to do, and says what. Raises UsageError where no server is named.
    """
    server = server or mail_server()
    if server is None:
        raise UsageError(f"没有设邮件服务器。请运行服务器的人设好 {VARIABLE}；也可以下载链接表，自己发。")
    link_address(base, "x")
    units, state = chosen_units(workspace.campaign, tuple(codes)), state_of(workspace, None, 1)
    lines = {line.code: line for line in (open_units(state.units) if reminder else state.units)}
    listener, outcome = workspace.listener, list[SentMail]()
    post = _Post(server, pause)
    try:
        for unit in listener.counted(units, len(units), "发邮件"):
            outcome.append(_sent(workspace, state, unit, lines.get(unit.code), base, post, reminder=reminder))
    finally:
        post.close()
    return outcome


def _sent(
    workspace: Workspace,
    state: CampaignState,
    unit: Unit,
    line: BoardLine | None,
    base: str,
    post: _Post,
    *,
    reminder: bool,
) -> SentMail:
    if not is_mail_address(unit.email):
        return SentMail(
            unit.name,
            sent=False,
            told="名册里没有邮箱，没有发" if not unit.email else f"邮箱“{unit.email}”不对，没有发",
        )
    if reminder and line is None:
        return SentMail(unit.name, sent=False, told="没有要催的，没有发")
    (link,) = links_made(workspace, [unit.code])
    subject, text = _words(workspace, state, unit, line, link_address(base, link.token), reminder=reminder)
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = subject, post.server.sender, unit.email
    message.set_content(text, charset="utf-8", cte="base64")
    fault = post.deliver(message)
    return SentMail(unit.name, sent=not fault, told=f"没有发出：{fault}" if fault else f"已发到 {unit.email}")


def _words(
    workspace: Workspace, state: CampaignState, unit: Unit, line: BoardLine | None, address: str, *, reminder: bool
) -> tuple[str, str]:
    way = WAY.format(address=address)
    if reminder and line is not None:
        titles = {code: page.title for code, page in catalogue(workspace.library, [state.edition]).items()}
        told = with_link(notice(state, line, Enclosed(), titles), address)
        return told.subject, told.text
    due = f"，{day_text(state.deadline)}前报送" if state.deadline else ""
    greeting = (
        f"{unit.name}{f' {unit.contact}' if unit.contact else ''}：\n\n请填报{state.year}年度绩效自评表{due}。\n\n"
    )
    subject = " ".join(f"【填报】{state.year}年度绩效自评表——{unit.name}（{unit.code}）".split())
    return subject, f"{greeting}{way}\n\n{state.department}\n"


class _Post:
    """A connection to the server, opened on first use and again after it broke; a refusal is reported, not raised."""

    def __init__(self, server: MailServer, pause: Callable[[float], None]) -> None:
        self.server = server
        self._pause = pause
        self._line: smtplib.SMTP | None = None

    def deliver(self, message: EmailMessage) -> str:
        """Sends a mail, at most three times; the reason in words where it was not sent."""
        told = ""
        for number in range(_TRIES):
            if number:
                self._pause(2.0**number)
            try:
                self._connected().send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                code, answer = next(iter(error.recipients.values()))
                told = f"服务器不收这个地址（{code} {_said(answer)}）"
                if code >= 500:
                    return told
            except smtplib.SMTPAuthenticationError as error:
                self.close()
                return f"服务器不认用户或密码（{error.smtp_code}）"
            except smtplib.SMTPResponseException as error:
                told = f"服务器回答 {error.smtp_code} {_said(error.smtp_error)}"
                self.close()
                if error.smtp_code >= 500:
                    return told
            except (OSError, smtplib.SMTPException) as error:
                told = f"连不上服务器（{type(error).__name__}）"
                self.close()
            else:
                return ""
        return told

    def close(self) -> None:
        """Ends the connection."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _connected(self) -> smtplib.SMTP:
        if self._line is not None:
            return self._line
        server, context = self.server, ssl.create_default_context()
        if server.way == "smtps":
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
            if server.way == "smtp":
                line.starttls(context=context)
        self._line = line
        if server.user and server.password:
            line.login(server.user, server.password)
        return line


def _said(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return "".join(one if one.isprintable() else " " for one in text)[:200]


def mail_ready(workspace: Workspace) -> tuple[bool, int]:
    """Whether a server is named, and how many units have an address. A wrong name of a server counts as none."""
    try:
        is_named = mail_server() is not None
    except UsageError:
        is_named = False
    return is_named, sum(is_mail_address(unit.email) for unit in workspace.campaign.units)
