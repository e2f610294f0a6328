"""The command line's door: ``extract`` at once, every other command through ``weijian.commands``.

``extract`` is run once a file by programs, so it starts without the libraries that the other commands need.
Results go to stdout, everything else to stderr; the exit status is 1 when anything failed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from weijian.errors import WeijianError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Chinese under any locale
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        if arguments[:1] == ["extract"]:
            from weijian.extraction import print_numbers

            return print_numbers(arguments[1:])
        from weijian.commands import app

        app(list(arguments), prog_name="weijian")
    except WeijianError as error:
        print(f"weijian: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has closed it, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return 0
