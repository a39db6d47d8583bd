"""Files that can be read in one sitting, on any machine."""

from __future__ import annotations

import re

from config import ROOT
from tests.architecture.tree import files, name, read

LONGEST = 300
# A path of the machine on which somebody happened to write a file.
MACHINE = re.compile(r"(?<![\w./-])/(?:work|home|root|Users)/\w")
TEXT = (".py", ".md", ".html", ".txt", ".css", ".js", ".po", ".toml", ".cfg", ".json", "", ".lock")


def test_no_python_file_is_too_long_to_read() -> None:
    lengths = {name(file): read(file).count("\n") for file in files(".py")}
    # What Alembic wrote is a list of tables, read beside the models.
    long = {
        file: lines
        for file, lines in lengths.items()
        if lines >= LONGEST and not file.startswith("migrations/versions/")
    }
    assert long == {}


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{name(file)}: {match.group()}"
        for file in files(*TEXT)
        for match in MACHINE.finditer(read(file))
    ]
    assert found == []


def test_ci_runs_the_same_command_as_a_developer() -> None:
    script = ROOT / ".ci" / "run"
    assert "make test" in read(script)
    assert script.stat().st_mode & 0o111
