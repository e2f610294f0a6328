"""Tasks that do what reports should not: they lie in a module of their own, so that workers can import them."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass

from weijian.errors import CodebookError


@dataclass(frozen=True)
class Number:
    """A task that returns its double, or does something else."""

    number: int
    does: str = ""

    @property
    def name(self) -> str:
        return f"{self.number}.txt"

    @property
    def where(self) -> str:
        return f"data/raw/{self.name}"

    def run(self) -> int:
        if self.does == "breaks":
            raise ValueError("not this one")
        if self.does == "refuses":
            raise CodebookError("a bad cell")
        if self.does == "kills":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.does == "hangs":
            while True:
                time.sleep(1)
        return 2 * self.number
