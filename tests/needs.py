"""`python -m tests.needs`: what tests need of the machine is there, or is named and they stop.

As root on Debian or Ubuntu it is installed, otherwise a person is told what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.fixtures import machine

HOW = {
    "postgresql": "PostgreSQL's server (initdb): the tests run on it as well as on SQLite.",
    "chromium": "Chromium: the journeys run in it. Where it has another name, set CHROMIUM to its "
    "path; where the distribution has it only as a snap, Google Chrome does as well.",
    "libreoffice-writer-nogui": "LibreOffice (soffice): it opens and converts the files we write.",
    "libreoffice-calc-nogui": "LibreOffice's spreadsheets: it opens the XLSX files we write.",
    "poppler-utils": "Poppler (pdftotext, pdftoppm): it reads the PDF files we write.",
}
APT = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", "-qq")


def missing() -> list[str]:
    """Names of the Debian packages that are not there, or do not run."""
    there = {
        "postgresql": machine.postgresql() is not None,
        "chromium": _runs(machine.chromium()),
        "libreoffice-writer-nogui": shutil.which("soffice") is not None,
        "libreoffice-calc-nogui": _has_calc(),
        "poppler-utils": shutil.which("pdftotext") is not None,
    }
    return [package for package, is_there in there.items() if not is_there]


def _has_calc() -> bool:
    """`soffice` opens spreadsheets with a library of its own beside it."""
    soffice = shutil.which("soffice")
    return soffice is not None and (Path(soffice).resolve().parent / "libsclo.so").exists()


def _runs(chromium: str | None) -> bool:
    """Ubuntu's `chromium-browser` may be a note that says to install something else."""
    if chromium is None:
        return False
    asked = subprocess.run([chromium, "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def install(packages: list[str]) -> None:
    """Install Debian packages; what apt says is shown where it fails."""
    said = _apt("update")
    if machine.LEAN in packages and not _offered(machine.LEAN):
        packages = [package for package in packages if package != machine.LEAN]
    elif machine.LEAN in packages:
        packages = [package for package in packages if package != "chromium"]
    said += _apt("install", "-y", "--no-install-recommends", *packages) if packages else ""
    sys.stderr.write(said)


def _apt(*words: str) -> str:
    """What apt says where it fails, else nothing."""
    done = subprocess.run(
        [*APT, *words],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode else ""


def _offered(package: str) -> bool:
    """Ubuntu has no such package."""
    asked = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return asked.returncode == 0


def main() -> None:
    """Leave with status 1 and the names of what is missing, where it stays missing."""
    packages = missing()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        wanted = [*packages, *([] if shutil.which(machine.LEAN) else [machine.LEAN])]
        if wanted:
            sys.stdout.write(f"Installing for the tests: {' '.join(wanted)}\n")
            sys.stdout.flush()
            install(wanted)
        packages = missing()
    if packages:
        sys.stderr.write("The tests need what is not on this machine:\n")
        sys.stderr.writelines(f"  {name}  {HOW[name]}\n" for name in packages)
        sys.exit(f"As root on Debian: apt-get install {' '.join(packages)}")


if __name__ == "__main__":
    main()
