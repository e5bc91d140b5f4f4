"""What people call a form before it is laid out for anybody."""

from __future__ import annotations

import re

from xlsxeval.forms.definition import Form

_TEMPLATE = re.compile(r"\s{0,9}[-－—]?\s{0,9}\{[{%][^{}]*[%}]\}")


def form_label(form: Form) -> str:
    """``附件2``; of a form that every project has ``附件3``; of one without a mark its worksheet's name."""
    return _plain(form.attachment) or _plain(form.sheet) or form.id


def _plain(text: str) -> str:
    return _TEMPLATE.sub("", text).strip()
