"""A template that asks for too much is refused with its place; what comes after it is made; nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.workers.test_local import alive
from xlsxeval.report import ReportError, filling
from xlsxeval.report.filling import filled
from xlsxeval.workers.memory import holds_memory

linux = pytest.mark.skipif(not holds_memory(), reason="this system holds no process to a bound of memory")


def template(path: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    return lambda *texts: template(tmp_path / "模板.docx", "开头", *texts)


TOO_LARGE = {
    "a text repeated": "{{ 'x' * 3000000000 }}",
    "a power": "{{ 9 ** (9 ** 9) }}",
    "numbers that grow": "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "a text set out": "{{ '%3000000000d' % 1 }}",
    "one without end": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "a loop in itself": "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
}
TOO_LARGE_FOR_MEMORY = {
    "a text that grows": "{% set n = namespace(x='xx') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "a text in the middle": "{{ 'x'|center(3000000000) }}",
    "a text by a method": "{{ 'x'.ljust(3000000000) }}",
    "a format": "{{ '{:>3000000000}'.format(1) }}",
    "a long separator": "{{ range(99999)|join('x' * 90000) }}",
}


@pytest.mark.parametrize(
    "tag",
    [
        *(pytest.param(tag, id=name) for name, tag in TOO_LARGE.items()),
        *(pytest.param(tag, id=name, marks=linux) for name, tag in TOO_LARGE_FOR_MEMORY.items()),
    ],
)
def test_what_grows_without_end_is_refused_at_its_place(tag: str, own: Callable[..., Path]) -> None:
    with pytest.raises(ReportError) as refused:
        filled(own(tag), {})
    assert tag[:60] in str(refused.value)
    assert filled(own("{{ year }}"), {"year": 2024}).paragraphs[1].text == "2024"


def test_a_loop_without_end_is_refused_at_its_place(own: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "SECONDS", 0.5)
    nested = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    with pytest.raises(ReportError) as refused:
        filled(own(nested), {})
    assert nested[:60] in str(refused.value)
    assert "{% for %}" in str(refused.value)


def test_more_paragraphs_than_a_report_has_are_refused(own: Callable[..., Path]) -> None:
    with pytest.raises(ReportError, match="50,000"):
        filled(own("{%p for a in range(51000) %}", "甲", "{%p endfor %}"), {})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ name|safe }}",
        "{% autoescape false %}{{ name }}{% endautoescape %}",
        "{{ name|urlize }}",
        "{{ {'a': name}|xmlattr }}",
    ],
)
def test_no_text_of_a_unit_becomes_markup(tag: str, own: Callable[..., Path]) -> None:
    with pytest.raises(ReportError):
        filled(own(tag), {"name": '<w:fldSimple w:instr="INCLUDETEXT x"/>'})


def test_a_field_that_tags_put_together_is_refused(tmp_path: Path) -> None:
    path = template(tmp_path / "模板.docx", "某某")
    document = Document(str(path))
    run = document.paragraphs[0].add_run()
    for kind, text in (("begin", ""), ("", " {{ 'INCLUDE' ~ 'TEXT' }} c:\\x "), ("end", "")):
        element = run._r.makeelement(f"{{{run._r.nsmap['w']}}}{'fldChar' if kind else 'instrText'}", {})
        if kind:
            element.set(f"{{{run._r.nsmap['w']}}}fldCharType", kind)
        element.text = text
        run._r.append(element)
    document.save(str(path))
    with pytest.raises(ReportError, match="INCLUDETEXT"):
        filled(path, {})


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a matter of POSIX")
def test_a_process_that_is_killed_costs_nothing_but_its_try(own: Callable[..., Path]) -> None:
    path = own("{{ year }}")
    filled(path, {"year": 1})
    for slot in filling._workers()._slots:
        if slot._worker is not None:
            os.kill(slot._worker.process.pid or 0, signal.SIGKILL)
    assert filled(path, {"year": 2024}).paragraphs[1].text == "2024"


_PARENT = """
import sys, threading
from pathlib import Path
from xlsxeval.report import filling

def main():
    nested = Path(sys.argv[1])
    threading.Thread(target=lambda: filling.filled(nested, {}), daemon=True).start()
    while not any(one._worker and one._worker.ready for one in filling._workers()._slots):
        pass
    print(*(one._worker.process.pid for one in filling._workers()._slots if one._worker), flush=True)
    threading.Event().wait()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a matter of POSIX")
def test_nothing_outlives_a_parent_that_is_killed(tmp_path: Path, own: Callable[..., Path]) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    endless = own("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}")
    parent = subprocess.Popen([sys.executable, str(script), str(endless)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert pids
    parent.kill()
    parent.wait()
    until = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, pids))
