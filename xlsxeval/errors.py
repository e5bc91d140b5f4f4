"""The tree of errors. Every message says where, what, why and what to do, in the words of a finance clerk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class XlsxevalError(Exception):
    """Root of all errors that a user can cause and mend; the command line shows it without a traceback."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a definition or a campaign, at a place that a person can go to.

    ``line`` and ``column`` count from 1; 0 means that the place inside the file is not known. A ``warning`` stands in
    nobody's way: the forms can be sent out all the same.
    """

    file: str
    line: int
    column: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {'提醒 ' if self.warning else ''}{self.message}"


_NAMED = 3
"""Further places of one cause that are named; the others are counted."""


def told_once(problems: Iterable[Problem]) -> list[str]:
    """The problems as lines, in their order; what is wrong in the same way at many places of one file or sheet is one line."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file.rpartition("!")[0] or problem.file, problem.message), []).append(problem)
    return [_line(first, others) for first, *others in alike.values()]


def _line(first: Problem, others: Sequence[Problem]) -> str:
    if not others:
        return str(first)
    named = "、".join(one.file.rpartition("!")[2] if not one.line else f"第 {one.line} 行" for one in others[:_NAMED])
    more = " …" if len(others) > _NAMED else ""
    return f"{first}（另有 {len(others)} 处：{named}{more}）"


class DefinitionError(XlsxevalError):
    """A form, an edition, a campaign or a values file is wrong; carries every fault that was found, not the first only."""

    def __init__(self, problems: list[Problem] | Problem) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(XlsxevalError):
    """A command was asked for something that cannot be done: a missing file, an unknown code, a locked field."""


class StorageError(XlsxevalError):
    """The archive or the ledger cannot be read or written: disk full, no right to write, damaged, made by a newer program."""


class LedgerBusyError(StorageError):
    """Another run holds the ledger. Nothing was written; trying again later goes on where this run stopped."""
