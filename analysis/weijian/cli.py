"""The command line's door: ``extract`` at once, every other command through ``weijian.commands``.

``extract`` is run once a file by programs, so it starts without the libraries that the other commands need. ``--corpus DIR``
may stand anywhere among the words of a command: it is known before anything reads the codebook, to which DIR may add.
Results go to stdout, everything else to stderr; the exit status is 1 when anything failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from weijian.codebook import CORPUS_VARIABLE
from weijian.errors import CorpusError, WeijianError

_OPTION = "--corpus"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese under any locale
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        corpus, words = _corpus_of(arguments)
        with _working_on(corpus):
            return _run(words)
    except WeijianError as error:
        print(f"weijian: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has closed it, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    if words[:1] == ["extract"]:
        from weijian.extraction import print_numbers

        return print_numbers(words[1:])
    from weijian.commands import app

    app(words, prog_name="weijian")
    return 0


def _corpus_of(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return what ``--corpus`` names, if anything, and the other words of a command; what follows ``--`` is left alone.

    >>> _corpus_of(["build", "--corpus", "mine"]), _corpus_of(["--corpus=mine", "build"])
    (('mine', ['build']), ('mine', ['build']))
    """
    corpus, words = None, list(arguments)
    end = words.index("--") if "--" in words else len(words)
    for place in reversed(range(end)):
        if words[place] == _OPTION and place + 1 < end:
            corpus = words[place + 1]
            del words[place : place + 2]
        elif words[place].startswith(f"{_OPTION}="):
            corpus = words.pop(place).partition("=")[2]
    return corpus, words


@contextmanager
def _working_on(named: str | None) -> Iterator[None]:
    """Let everything that a command does work on the corpus that ``--corpus`` names."""
    before = os.environ.get(CORPUS_VARIABLE)
    if named is not None:
        folder = Path(named).expanduser().resolve()
        if not named or not folder.is_dir():
            raise CorpusError("there is no such folder", where=f"{_OPTION} {named}", remedy="make it, or name another")
        os.environ[CORPUS_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(CORPUS_VARIABLE, None)
        else:
            os.environ[CORPUS_VARIABLE] = before
