import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from trialhouse.pipeline.lock import HOLDER, LockHeld, lock_holder, writing

HOLDS = """
import pathlib, sys
from trialhouse.pipeline.lock import writing
with writing(pathlib.Path(sys.argv[1]), "releases prune"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_writer_is_told_who_the_first_is_what_it_does_and_since_when(tmp_path: Path) -> None:
    with writing(tmp_path, "refresh") as say_doing:
        say_doing("refresh run-7")
        words = rf"process {os.getpid()} on {os.uname().nodename} \(refresh run-7, since 20..-..-.. ..:..:.. UTC\)"
        with pytest.raises(LockHeld, match=words), writing(tmp_path, "releases tag"):
            pass
        assert "refresh run-7" in (lock_holder(tmp_path) or "")
    assert lock_holder(tmp_path) is None
    with writing(tmp_path, "releases tag"):
        assert "releases tag" in (lock_holder(tmp_path) or "")


def test_a_killed_writer_holds_nothing_any_more(tmp_path: Path) -> None:
    """Neither the lock nor the name that it left: its number may be another process's by now."""
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert f"process {holder.pid} " in (lock_holder(tmp_path) or "")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert (tmp_path / "refresh.lock.holder").exists()
    assert lock_holder(tmp_path) is None
    with writing(tmp_path, "refresh"):
        pass


def test_a_holder_that_cannot_be_named_still_holds(tmp_path: Path) -> None:
    with writing(tmp_path, "refresh"):
        (tmp_path / "refresh.lock.holder").write_text("{")
        assert lock_holder(tmp_path) == "another process"
        with pytest.raises(LockHeld, match="another process is refreshing or changing"), writing(tmp_path, "more"):
            pass


def test_whoever_raises_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path, "refresh"):
        raise ZeroDivisionError
    assert lock_holder(tmp_path) is None
    assert not (tmp_path / "refresh.lock.holder").exists()


def test_nobody_holds_a_warehouse_that_is_not_there(tmp_path: Path) -> None:
    assert lock_holder(tmp_path / "nowhere") is None


def test_what_a_killed_writer_left_beside_the_lock_is_removed(tmp_path):
    left = tmp_path / f".{HOLDER}.4194304"
    left.write_bytes(b"{")
    with writing(tmp_path, "refresh"):
        assert not left.exists()
