"""What click says of a slip and above its help, in Chinese, for every command."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from xlsxeval.cli import COMMANDS, cli
from xlsxeval.cli.click_words import SENTENCES

ENGLISH = re.compile(
    r"\b(?:Usage|Options|Commands|Error|Try|Missing|Invalid|No such|Show|Got|is not|requires|takes|does|Choose|Did you"
    r"|default|required|OPTIONS|ARGS|COMMAND|TEXT|PATH|PATHS|FILE|INTEGER|RANGE|DIRECTORY|CAMPAIGN)\b"
)
"""Words of click's frames and metavars; names of options and formats are no words."""


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and every command below one, as it is typed."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, below) for below in command.commands)


def command_of(typed: tuple[str, ...]) -> click.Command:
    command = cli.get_command(click.Context(cli), typed[0])
    assert command is not None
    return command.commands[typed[1]] if isinstance(command, click.Group) and len(typed) > 1 else command


def said(*arguments: str, code: int) -> str:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == code, result.output
    assert not ENGLISH.search(result.output), (arguments, ENGLISH.search(result.output), result.output)
    return result.output


@pytest.mark.parametrize("typed", list(commands()), ids=" ".join)
def test_help_and_every_slip_are_in_chinese(typed):
    said(*typed, "--help", code=0)
    assert "没有 --no-such-thing 这个选项" in said(*typed, "--no-such-thing", code=2)
    command = command_of(typed)
    if isinstance(command, click.Group):
        assert "没有「nichts」这条命令" in said(*typed, "nichts", code=2)
        return
    required = [one for one in command.params if one.required]
    if required:
        assert "没有写" in said(*typed, code=2)
    takes_any = any(isinstance(one, click.Argument) and one.nargs == -1 for one in command.params)
    if not takes_any:
        assert "多写了" in said(*typed, *"abcdefgh", *_given(required), code=2)
    for option in command.params:
        if not isinstance(option, click.Option) or option.is_flag:
            continue
        assert "后面要写一个值" in said(*typed, option.opts[-1], code=2)
        if isinstance(option.type, click.Choice | click.IntRange):
            assert "写得不对" in said(*typed, *_given(required), option.opts[-1], "不对", code=2)


def _given(required: list[click.Parameter]) -> list[str]:
    """Options that must be there, so that the slip is the one that is told."""
    return [word for one in required if isinstance(one, click.Option) for word in (one.opts[-1], _value(one))]


def _value(option: click.Option) -> str:
    return str(option.type.choices[0]) if isinstance(option.type, click.Choice) else "1"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["chekc"], "没有「chekc」这条命令，是不是 check？"),
        (["quux"], "没有「quux」这条命令。"),
        (["--nix"], "没有 --nix"),
    ],
)
def test_a_command_that_there_is_not(typed, told):
    assert told in said(*typed, code=2)


def test_missing_values_are_named():
    assert "没有写「文件…」。" in said("check", code=2)
    assert "没有写选项 -o 或 --output。" in said("generate", "任务", code=2)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_sentence_keeps_the_names_that_click_fills_in(sentence):
    names = re.compile(r"\{(\w+)")
    assert set(names.findall(SENTENCES[sentence])) <= set(names.findall(sentence))
