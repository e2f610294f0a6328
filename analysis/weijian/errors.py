"""What a person is told: errors to act on, each with the file, the place in it and the remedy, and messages of progress."""

from __future__ import annotations

import sys
from typing import Any


def say(message: str) -> None:
    """Tell of progress, or of what was done, on stderr; several processes may write there at once, so a line goes out whole."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


class WeijianError(Exception):
    """Say what is wrong, where, and what to do; the command line prints it without a traceback.

    >>> print(WeijianError("the hash differs", where="data/raw/a.txt", remedy="restore the file"))
    data/raw/a.txt: the hash differs. restore the file
    """

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        self.problem, self.where, self.remedy = problem, where, remedy
        message = f"{where}: {problem}" if where else problem
        super().__init__(f"{message}. {remedy}" if remedy else message)

    def __reduce__(self) -> tuple[Any, ...]:  # keyword arguments survive the trip between processes
        return (_rebuild, (type(self), self.problem, self.where, self.remedy))


def _rebuild(kind: type[WeijianError], problem: str, where: str, remedy: str) -> WeijianError:
    return kind(problem, where=where, remedy=remedy)


class DocumentError(WeijianError):
    """A report file cannot be read."""


class CodebookError(WeijianError):
    """A table of facts holds a cell that means nothing."""


class CorpusError(WeijianError):
    """data/raw, its manifest or data/processed are not what they should be."""


class PartialBuildError(CorpusError):
    """The tables were made without some reports, each of which is named with what is wrong."""


class ComparisonError(WeijianError):
    """A comparison was asked for that the tables cannot carry."""


class NotebookError(WeijianError):
    """A notebook could not be run, or was handed a parameter it does not have."""


class FigureError(WeijianError):
    """A figure cannot be drawn as asked, for example for want of a glyph."""
