"""The table of shared strings, and the rule by which rich text becomes plain."""

from __future__ import annotations

from xlsxeval.fault_codes import FaultCode
from xlsxeval.intake.literals import unescape
from xlsxeval.intake.package import Package
from xlsxeval.intake.rejected import refusal
from xlsxeval.intake.schema import Attributes, Schema


class RichText:
    """Collects the runs of one text; phonetic runs (``rPh``) have no path in the schema and so go by.

    A run, or a text without runs, has one ``t``: of two, some programs show the first, others the last.
    """

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._texts = 0

    def watch(self, schema: Schema, path: str) -> None:
        """Declare the runs below ``path`` (an ``si`` or an ``is`` element)."""
        schema.on(f"{path}/t", closed=self._text, cost=0)
        schema.on(f"{path}/r", self._run, cost=0)
        schema.on(f"{path}/r/t", closed=self._text, cost=0)

    def _run(self, _: Attributes) -> None:
        self._texts = 0

    def _text(self, text: str) -> None:
        self._texts += 1
        if self._texts > 1:
            raise refusal(FaultCode.WRITTEN_TWICE, f"同一段文字写了两次：{self._runs[-1][:40]!r}、{text[:40]!r}")
        self._runs.append(text)

    def take(self) -> str:
        """The text so far; the next one begins empty."""
        text = unescape("".join(self._runs))
        self._runs.clear()
        self._texts = 0
        return text


def read_strings(package: Package, name: str) -> list[str]:
    """All shared strings in order; raises Rejected F010 when there are too many."""
    most = package.limits.shared_strings
    strings: list[str] = []
    rich = RichText()

    def opened(_: Attributes) -> None:
        if len(strings) >= most:
            raise refusal(FaultCode.TOO_LARGE, f"共享文字超过 {most} 条")

    schema = Schema(plain=True)
    rich.watch(schema, "sst/si")
    schema.on("sst/si", opened, lambda _: strings.append(rich.take()), cost=0)
    package.parse(name, schema)
    return strings
