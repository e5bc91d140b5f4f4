"""Hostile and broken reports: refused or said, within bounds, without a traceback; nothing in them runs or is fetched."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from tests.support.published.counting import auditor
from tests.support.published.hostile import MADE, published_bytes

REFUSED = {
    "加密.pdf": "密码",
    "五千页.pdf": "超过 300 页",
    "断在半路.pdf": "PDF",
    "压缩炸弹": "",
    "断在半路": "",
    "空的": "认不出",
    "旧版.doc": "另存为",
    "一段文字": "认不出",
}


@pytest.mark.parametrize("name", MADE)
def test_every_file_has_an_answer(name):
    data = published_bytes(name)
    began = time.process_time()
    tracemalloc.start()
    verdict = auditor().judge(name, data).verdict
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 30  # what a worker may take; they take far less
    assert peak < 200 * 2**20
    if name in REFUSED:
        (finding,) = verdict.findings
        assert verdict.status == "rejected"
        assert REFUSED[name] in finding.message
    else:
        assert verdict.subject is not None


def test_what_a_script_writes_is_not_read():
    plain = auditor().judge("报告.html", published_bytes("有脚本.html")).verdict
    assert not [one for one in plain.findings if one.shown == "9"]
    assert plain.subject is not None
