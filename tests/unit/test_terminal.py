"""Tables and progress for people."""

import io
import subprocess
import sys

from trialhouse.terminal import current_watcher, print_table, watched


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


ROWS = [("alpha", 1_234, "a sentence that is much longer than what is left of the line"), ("beta", None, None)]


def test_a_file_is_not_folded():
    stream = io.StringIO()
    print_table(("name", "rows", "says"), ROWS, stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 4
    assert lines[2] == f"alpha  1,234  {ROWS[0][2]}"
    assert lines[3] == "beta"


def test_a_terminal_is_not_overrun_and_words_stay_whole(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    stream = Terminal()
    print_table(("name", "rows", "says"), ROWS, stream)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(" ".join(line[14:].strip() for line in lines[2:-1]).split()) == ROWS[0][2]


def test_a_word_that_is_longer_than_the_terminal_is_broken(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    stream = Terminal()
    print_table(("word",), [("x" * 50,)], stream)
    assert stream.getvalue().count("x") == 50
    assert max(map(len, stream.getvalue().splitlines())) <= 20


def test_a_table_without_rows_is_its_heading():
    stream = io.StringIO()
    print_table(("a", "b"), [], stream)
    assert stream.getvalue() == "a  b\n────\n"


def test_progress_outside_a_terminal_is_a_line_a_stage(capsys):
    with watched() as watch:
        assert current_watcher() is watch
        for done in range(3):
            watch("read", done, 2)
        watch("something new", 0, 1)
    assert current_watcher() is None
    assert capsys.readouterr().err == "Reading batches: 2\nsomething new\n"


DEAF = """
import sys
from trialhouse.terminal import print_table, say, watched
sys.stdin.readline()  # by now nobody reads stderr any more
with watched() as watcher:
    for stage in ("start", "read", "build"):
        watcher(stage, 0, 3)
    say("A sentence.")
print_table(("a",), [(1,)], sys.stderr)
print("done")
"""


def test_work_goes_on_when_nobody_reads_what_is_said_of_it():
    command = [sys.executable, "-c", DEAF]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stderr.close()
        process.stdin.write("\n")
        process.stdin.close()
        assert process.stdout.read() == "done\n"
    assert process.returncode == 0
