"""The page of the command line, made from the app: each command with its arguments and options."""

import inspect
from typing import Any

from cyclopts import App, Argument

from trialhouse.cli.app import COMMANDS, GROUPS, build_app
from trialhouse.cli.exits import Exit

EVERYWHERE = ("--warehouse", "--json")
"""Options that mean the same in each command: they are explained once."""

ENDINGS = {
    Exit.DONE: "done",
    Exit.FAILED: "failed; the message says what to do",
    Exit.WRONG_USE: "wrong use",
    Exit.BLOCKED: "a check stopped publishing; the release that stood before stands",
    Exit.INCOMPLETE: "done, but a source was incomplete or an input could not be read",
    Exit.LOCKED: "another run holds the lock",
    Exit.INTERRUPTED: "interrupted (Ctrl-C; a refresh, a backfill and a load also by SIGTERM)",
}


def command_line_markdown(notice: str) -> str:
    """Every command, in the order of the menu."""
    app = build_app()
    parts = [f"# Command line\n\n<!-- {notice} -->", _head(app)]
    parts += [_section(app[name], name, sentence, "##") for name, _, sentence in COMMANDS]
    for name, sentence, members in GROUPS:
        parts.append(f"## {name}\n\n{sentence}")
        parts += [_section(app[name][member], f"{name} {member}", said, "###") for member, _, said in members]
    return "\n\n".join(parts) + "\n"


def _head(app: App) -> str:
    shared = {argument.names[0]: argument for argument in _arguments(app["status"])}
    codes = [f"| {code.value} | {said} |" for code, said in ENDINGS.items()]
    assert set(ENDINGS) == set(Exit), "say what every exit code means"
    return "\n".join(
        [
            "`trialhouse COMMAND --help` prints the same. Data goes to standard output and all else to standard error.",
            "",
            "| everywhere | |",
            "|---|---|",
            *(f"| `{name}` | {_cell(shared[name].parameter.help)} |" for name in EVERYWHERE),
            "",
            "| exit code | |",
            "|---|---|",
            *codes,
        ]
    )


def _section(command: App, name: str, sentence: str, heading: str) -> str:
    arguments = _arguments(command)
    shown = [one for one in arguments if one.names[0] not in EVERYWHERE]
    shared = [f"`{one.names[0]}`" for one in arguments if one.names[0] in EVERYWHERE]
    lines = [f"{heading} {name}", "", sentence]
    if more := _more(command):
        lines += ["", more]
    lines += ["", f"    trialhouse {name}{''.join(_use(one) for one in arguments)}"]
    if shown:
        lines += ["", "| | | without it |", "|---|---|---|"]
        lines += [f"| {_names(one)} | {_meaning(one)} | {_default(one)} |" for one in shown]
    if shared:
        lines += ["", f"And {' and '.join(shared)}."]
    return "\n".join(lines)


def _arguments(command: App) -> list[Argument]:
    """The arguments of a command that people see, without those that only hold others."""
    found = [
        one for one in command.assemble_argument_collection(parse_docstring=True) if one.show and one.names != ("*",)
    ]
    return sorted(found, key=lambda one: bool(one.field_info.is_keyword_only))


def _more(command: App) -> str:
    """What the function says behind its first sentence, to where its parameters begin."""
    said = inspect.getdoc(command.default_command) or ""
    _, _, more = said.partition("\n\n")
    return (
        "" if more.startswith("Parameters\n") else more.partition("\n\nParameters\n")[0].replace("\n\n", "\n").strip()
    )


def _use(argument: Argument) -> str:
    name = argument.names[0]
    if not argument.field_info.is_keyword_only:
        many = "…" if argument.field_info.kind is inspect.Parameter.VAR_POSITIONAL else ""
        shown = f"{name.lstrip('-').upper().replace('-', '_')}{many}"
        return f" {shown}" if argument.required else f" [{shown}]"
    return f" {name} {_value(argument)}".rstrip() if argument.required else ""


def _value(argument: Argument) -> str:
    if argument.hint is bool:
        return ""
    return argument.names[0].lstrip("-").upper().replace("-", "_")


def _names(argument: Argument) -> str:
    if not argument.field_info.is_keyword_only:
        return f"`{argument.names[0].lstrip('-').upper().replace('-', '_')}`"
    names = [name for name in argument.names if not name.startswith("--no-") and not name.startswith("--empty-")]
    return ", ".join(f"`{name} {_value(argument)}`".replace(" `", "`") for name in names)


def _meaning(argument: Argument) -> str:
    words = _cell(argument.parameter.help)
    if choices := argument.get_choices():
        words = f"{words} One of: {', '.join(f'`{one}`' for one in choices)}.".strip()
    return words


def _default(argument: Argument) -> str:
    if argument.required:
        return "must be given"
    default: Any = argument.field_info.default
    if default is inspect.Parameter.empty or default is None or default in (False, True, [], (), ""):
        return "on" if default is True else ""
    return f"`{getattr(default, 'value', default)}`"


def _cell(text: str | None) -> str:
    return " ".join((text or "").replace("|", "&#124;").split())
