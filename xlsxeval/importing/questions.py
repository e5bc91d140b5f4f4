"""What only a person can know about a blank form: questions with answers to choose from, each with the one assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Answers = Mapping[str, str]
"""The chosen value by the key of the question."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what is kept, and what a person reads."""

    value: str
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one place of the form (``C6``; empty: the whole form). ``assumed`` is the answer until then."""

    key: str
    place: str
    text: str
    choices: tuple[Choice, ...]
    assumed: str
    chosen: str = ""

    @property
    def is_open(self) -> bool:
        return not self.chosen

    @property
    def value(self) -> str:
        """The answer that the draft was made with."""
        return self.chosen or self.assumed


class Questions:
    """Collects the questions of a draft, with the answers that were given before."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.asked: list[Question] = []

    def ask(self, key: str, place: str, text: str, choices: Sequence[tuple[str, str]], assumed: str) -> str:
        """The answer to go on with. An answer that is none of the choices counts as not given."""
        before = next((question for question in self.asked if question.key == key), None)
        if before is not None:
            return before.value
        options = tuple(Choice(*choice) for choice in choices)
        chosen = self._answers.get(key, "")
        chosen = chosen if any(choice.value == chosen for choice in options) else ""
        question = Question(key, place, text, options, assumed, chosen)
        self.asked.append(question)
        return question.value


TYPE_CHOICES = (
    ("text", "文字"),
    ("code", "文字或数字，照填的样子"),
    ("money", "金额"),
    ("count", "人数、个数（整数）"),
    ("number", "其他数字"),
    ("percent", "百分比"),
    ("weight", "分值"),
    ("score", "得分"),
    ("date", "日期"),
)
