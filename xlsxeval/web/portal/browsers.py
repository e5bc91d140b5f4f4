"""Browsers inside chat programs: most of them neither save nor choose files, so their users are told to leave them."""

from __future__ import annotations

import re

_CHAT = re.compile(r"MicroMessenger|wxwork|DingTalk|Lark/|Feishu|(?<![A-Za-z])QQ/[0-9]|TIM/[0-9]", re.IGNORECASE)
"""WeChat, WeCom, DingTalk, Feishu, QQ and TIM as they name themselves; QQ's own browser is MQQBrowser and not meant."""


def is_chat_browser(agent: str) -> bool:
    """Whether a User-Agent header is that of a browser inside a chat program."""
    return _CHAT.search(agent[:1000]) is not None
