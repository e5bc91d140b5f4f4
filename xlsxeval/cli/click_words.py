"""click's own sentences in Chinese: usage, help frames, what is wrong with an argument.

click takes its sentences from ``gettext``, whose catalogues follow the language of the machine. Users of this program
read Chinese on any machine, so the sentences are looked up here instead. One that is missing stays English.
"""

from __future__ import annotations

import gettext
import sys
from typing import Final

import click

SENTENCES: Final = {
    "Usage:": "用法:",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明",
    "Show the version and exit.": "显示版本号",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "required": "必填",
    "(dynamic)": "（自动）",
    "Aborted!": "已停下。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "看用法：{command} {option}",
    "Missing command.": "没有写命令。",
    "Invalid value: {message}": "写得不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 写得不对：{message}",
    "No such option: {name}": "没有 {name} 这个选项。",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "No such command {name!r}.": "没有「{name}」这条命令。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中一个：{possibilities}？）",
    "(Possible options: {possibilities})": "（是不是其中一个：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多写了：{args}。路径里有空格的，请加引号。",
    "Got unexpected extra arguments ({args})": "多写了：{args}。路径里有空格的，请加引号。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不带值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "{name} 要写 {nargs} 个值。",
    "Choose from:\n\t{choices}": "可以写：{choices}",
    "{value!r} is not {choice}.": "没有「{value}」；可以写 {choice}。",
    "{value!r} is not one of {choices}.": "没有「{value}」；可以写 {choices}。",
    "{value} is not in the range {range}.": "{value} 超出了范围 {range}。",
    "{value!r} is not a valid {number_type}.": "「{value}」不是这里要写的数。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "「{value}」不对；可以写 {states}。",
    "{value!r} does not match the format {format}.": "「{value}」不是这样写的日期：{format}。",
    "{value!r} does not match the formats {formats}.": "「{value}」不是这样写的日期：{formats}。",
    "{name} {filename!r} does not exist.": "没有这个{name}：{filename}。",
    "{name} {filename!r} is a file.": "{filename} 是文件，这里要写文件夹。",
    "{name} {filename!r} is a directory.": "{filename} 是文件夹，这里要写文件。",
    "{name} {filename!r} is not readable.": "{filename} 读不了，请检查权限。",
    "{name} {filename!r} is not writable.": "{filename} 写不了，请检查权限。",
    "Could not open file {filename!r}: {message}": "打不开 {filename}：{message}",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "unknown error": "原因不明",
}
"""click's sentence → ours, with the same names in braces."""

_ARGUMENTS: Final = {
    "backup": "备份文件",
    "campaign": "任务",
    "code": "规则编号",
    "directory": "文件夹",
    "edition": "版本",
    "file": "文件",
    "folder": "文件夹",
    "inboxes": "收件夹",
    "paths": "文件",
    "source": "文件",
    "targets": "文件",
    "unit": "单位代码",
    "values": "值文件",
    "workbook": "工作簿",
    "workbooks": "工作簿",
}
_TYPES: Final = {
    "text": "文字",
    "path": "路径",
    "filename": "文件",
    "integer": "整数",
    "float": "数",
    "datetime": "日期",
}
OPTIONS: Final = "[选项]"
SUBCOMMANDS: Final = "命令 [参数]…"


def speak_chinese() -> None:
    """Makes click look its sentences up here, for the whole process. One that it puts together itself is replaced."""
    click.MissingParameter.format_message = _missing  # type: ignore[method-assign, assignment]
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click":
            if getattr(module, "_", None) is gettext.gettext:
                vars(module)["_"] = _sentence
            if getattr(module, "ngettext", None) is gettext.ngettext:
                vars(module)["ngettext"] = _sentence_for


def named_in_chinese(command: click.Command) -> click.Command:
    """The command and those below it, with Chinese words for arguments and values in their usage lines."""
    command.options_metavar = OPTIONS
    if isinstance(command, click.Group):
        command.subcommand_metavar = SUBCOMMANDS
        for below in command.commands.values():
            named_in_chinese(below)
    for parameter in command.params:
        if parameter.metavar is not None:
            continue
        if isinstance(parameter, click.Argument):
            word = _ARGUMENTS.get(parameter.name or "", parameter.name or "") + ("…" if parameter.nargs == -1 else "")
            parameter.metavar = word if parameter.required else f"[{word}]"
        elif not isinstance(parameter.type, click.Choice) and not getattr(parameter, "is_flag", False):
            parameter.metavar = _TYPES.get(parameter.type.name.removesuffix(" range"))
    return command


def _missing(error: click.MissingParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "没有写全。"
    what = " 或 ".join(parameter.opts) if isinstance(parameter, click.Option) else f"「{parameter.metavar}」"
    choices = parameter.type.choices if isinstance(parameter.type, click.Choice) else ()
    return f"没有写{'选项 ' if isinstance(parameter, click.Option) else ''}{what}" + (
        f"；可以写 {'、'.join(map(str, choices))}。" if choices else "。"
    )


def _sentence(english: str) -> str:
    return SENTENCES.get(english, english)


def _sentence_for(one: str, several: str, number: int) -> str:
    return _sentence(one if number == 1 else several)
