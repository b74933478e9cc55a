"""argparse speaks Chinese: its own words are replaced by a table, whatever the locale of the machine."""

import argparse
from collections.abc import Callable
from typing import Any

WORDS = {
    "usage: ": "用法：",
    "options": "选项",
    "optional arguments": "选项",
    "positional arguments": "参数",
    "subcommands": "子命令",
    "show this help message and exit": "显示这份说明",
    "show program's version number and exit": "显示版本号",
    "default: %(default)s": "缺省 %(default)s",
    " (default: %(default)s)": "（缺省 %(default)s）",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "%(prog)s: warning: %(message)s\n": "%(prog)s：注意，%(message)s\n",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "one of the arguments %s is required": "须给出其中一项：%s",
    "not allowed with argument %s": "不能与 %s 同用",
    "ignored explicit argument %r": "不接受取值 %r",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是 %(matches)s",
    "expected one argument": "须给一个值",
    "expected at most one argument": "至多给一个值",
    "expected at least one argument": "至少给一个值",
    "expected %s argument": "须给 %s 个值",
    "expected %s arguments": "须给 %s 个值",
    "invalid %(type)s value: %(value)r": "%(value)r 不能用作这里的值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项，可选：%(choices)s",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "没有 %(value)r 这一项，是否指 %(closest)r？可选：%(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有子命令 %(parser_name)r，可选：%(choices)s",
    "option '%(option)s' is deprecated": "选项 %(option)s 已不再推荐使用",
    "argument '%(argument_name)s' is deprecated": "参数 %(argument_name)s 已不再推荐使用",
    "command '%(parser_name)s' is deprecated": "子命令 %(parser_name)s 已不再推荐使用",
    "%(heading)s:": "%(heading)s：",
    "can't open '%(filename)s': %(error)s": "打不开 %(filename)s：%(error)s",
}


def translate(message: str) -> str:
    """The Chinese for one of argparse's messages; an unknown one stays as it is."""
    return WORDS.get(message, message)


def translate_plural(singular: str, plural: str, number: int) -> str:
    """As `translate`, for the few messages that count."""
    return translate(singular if number == 1 else plural)


def install() -> None:
    """Put the table in argparse's place of gettext."""
    module: Any = argparse
    module._ = translate
    module.ngettext = translate_plural


def whole(most: int, least: int = 1) -> Callable[[str], int]:
    """The type of an argument that is a whole number within bounds."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > len(str(most)) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"须为 {least} 至 {most} 的整数")
        return int(text)

    return read


port = whole(65535)
