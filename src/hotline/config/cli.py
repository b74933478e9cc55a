"""The command line: finds the subcommands, imports only the one that runs, and tells errors in Chinese."""

import argparse
import ast
import importlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from hotline.config import zh_argparse
from hotline.config.complaint import Complaint
from hotline.config.paths import DATA_VARIABLE, DEFAULT_DATA, REPO
from hotline.rules.errors import RulebookError

COMMANDS = Path(__file__).parent / "commands"
ABOUT = "民声：12345 政府服务热线的开放平台。常用两条：./hotline up 启动，./hotline test 测试。"
LATER = "./hotline 子命令 --help 说明每条命令；参数写错的退出码是 64。数据放在 --data 所给的目录，缺省为 var/。"
DATA_HELP = "数据目录（缺省：仓库中的 {0}/）"


USAGE = 64  # the exit code of words that cannot be understood, apart from what commands answer with 1 or 2


class Parser(argparse.ArgumentParser):
    """参数: as Python's own, but with an exit code of its own for words it does not understand."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, and end."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}：{message}\n")


def names() -> list[str]:
    """The subcommands there are: one module each, those with a leading underscore are internal."""
    return sorted(path.stem for path in COMMANDS.glob("*.py") if not path.stem.startswith("_"))


def help_line(name: str) -> str | None:
    """HELP of a command read from its source, so that the overview imports nothing."""
    tree = ast.parse((COMMANDS / f"{name}.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "HELP":
            return str(ast.literal_eval(node.value))
    return None


def data_help(usual: str | Path) -> str:
    """What `--data` is when it is not given; a command may have a folder of its own."""
    return DATA_HELP.format(Path(usual).relative_to(REPO))


def overview() -> argparse.ArgumentParser:
    """The parser of `./hotline` alone: every subcommand with its one line."""
    parser = Parser("hotline", description=ABOUT, epilog=LATER, allow_abbrev=False)
    parser.add_argument("--data", metavar="目录", help=data_help(DEFAULT_DATA))
    table = parser.add_subparsers(dest="command", metavar="子命令", title="子命令")
    for name in names():
        if line := help_line(name):
            table.add_parser(name, help=line.replace("%", "%%").splitlines()[0], add_help=False)
    return parser


def parser_of(name: str, module: Any) -> argparse.ArgumentParser:
    """The parser of one subcommand; `--data` belongs to every one."""
    parser = Parser(f"hotline {name}", description=module.HELP.replace("%", "%%"), allow_abbrev=False)
    module.add_arguments(parser)
    usual = parser.get_default("data") or DEFAULT_DATA
    parser.add_argument("--data", metavar="目录", default=argparse.SUPPRESS, help=data_help(usual))
    return parser


def split(argv: list[str]) -> tuple[str, list[str]]:
    """The subcommand and all other words; `--data DIR` may stand before it."""
    before: list[str] = []
    words = list(argv)
    while words and words[0].startswith("--data"):
        count = 1 if "=" in words[0] else 2
        before, words = before + words[:count], words[count:]
    if words and not words[0].startswith("-"):
        return words[0], before + words[1:]
    return "", argv


def read(name: str, module: Any, words: list[str]) -> argparse.Namespace:
    """Parse the words of a subcommand; one that passes words on (PASS_ON) finds the unknown ones in `rest`."""
    parser = parser_of(name, module)
    if getattr(module, "PASS_ON", False):
        args, rest = parser.parse_known_args(words)
        args.rest = rest
        return args
    return parser.parse_args(words)


def run(name: str, words: list[str]) -> int:
    """Run one subcommand on its data folder."""
    if name not in names():
        overview().parse_args([name])
    module = importlib.import_module(f"hotline.config.commands.{name}")
    args = read(name, module, words)
    chosen = getattr(args, "data", None) or os.environ.get(DATA_VARIABLE) or DEFAULT_DATA
    os.environ[DATA_VARIABLE] = str(Path(chosen).expanduser().absolute())
    args.data = Path(os.environ[DATA_VARIABLE])
    return int(module.run(args) or 0)


def unexpected(name: str, error: Exception) -> int:
    """An error nobody foresaw: its text may quote personal data, so only type and place are shown unless debugging."""
    from hotline.config.logs import DEBUGGING, OneLine

    if DEBUGGING:
        raise error
    where = OneLine().formatException((type(error), error, error.__traceback__))
    print(f"hotline {name}：内部错误 {where}\n设 HOTLINE_DEBUG=1 再执行可看到全部（可能含个人信息）。", file=sys.stderr)
    return 70


def main(argv: list[str]) -> int:
    """The whole command line; returns the exit code."""
    zh_argparse.install()
    name, words = split(argv)
    if not name:
        parser = overview()
        parser.parse_args(words)
        parser.print_help()
        return 0
    try:
        return run(name, words)
    except Complaint as complaint:
        print(f"hotline {name}：{complaint}", file=sys.stderr)
        return complaint.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except RulebookError as wrong:
        print(f"hotline {name}：{wrong}", file=sys.stderr)
        return 2
    except Exception as error:
        return unexpected(name, error)
