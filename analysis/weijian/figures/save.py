"""A finished figure: shown in a notebook, written as PNG, SVG, CSV and text, byte for byte the same each time."""

from __future__ import annotations

import base64
import io
import os
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weijian.amounts import number
from weijian.figures import style
from weijian.figures.marking import NUMBERS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Canvas

FOLDER_VARIABLE = "WEIJIAN_FIGURES"
_SHARPNESS = 160


class Figure:
    """A drawn figure with the table of its marks and the text that stands for it.

    A notebook shows it as PNG with the marks listed in plain text; what it was saved as goes with it, so that a page can show the
    SVG. ``table`` holds the marks, ``alternative`` the text, ``name`` the name and language it was saved under.
    """

    def __init__(self, canvas: Canvas, table: pd.DataFrame, *, title: str, alternative: str, language: str) -> None:
        self.canvas, self.table = canvas, table
        self.title, self.alternative, self.language = title, alternative, language
        self.name = ""

    def __repr__(self) -> str:
        return self.alternative

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/plain": self.alternative, "image/png": base64.b64encode(self.png()).decode("ascii")}
        shown: dict[str, Any] = {"width": int(style.WIDTH * 4 / 3), "alt": self.alternative}
        return data, {"image/png": shown | ({"name": self.name} if self.name else {})}

    def png(self) -> bytes:
        """Return the figure as PNG, the alternative text among its metadata."""
        return self._png

    @cached_property
    def _png(self) -> bytes:
        return self._written(
            "png",
            dpi=_SHARPNESS,
            pil_kwargs={"compress_level": 3},
            metadata={"Software": None, "Title": self.title, "Description": self.alternative},
        )

    def svg(self) -> bytes:
        """Return the figure as SVG, title and alternative text where a screen reader looks for them."""
        plain = self._written("svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}).decode("utf-8")
        named = f' role="img" xml:lang="{self.language}">\n <title>{escape(self.title)}</title>\n <desc>{escape(self.alternative)}</desc>\n'
        start = plain.index("<svg")
        end = plain.index(">", start)
        return (plain[:end] + named + plain[end + 1 :].lstrip("\n")).encode("utf-8")

    def save(self, name: str, folder: Path | str | None = None) -> Figure:
        """Write ``name.<language>`` as .png, .svg and .txt (the alternative text) and ``name.csv``; return the figure.

        Without ``folder`` the folder that the report's run names is used, and without such a run nothing is written.
        """
        self.name = stem = f"{name}.{self.language}"
        target = folder or os.environ.get(FOLDER_VARIABLE)
        if not target:
            return self
        Path(target).mkdir(parents=True, exist_ok=True)
        files = {f"{stem}.png": self.png(), f"{stem}.svg": self.svg(), f"{stem}.txt": f"{self.alternative}\n".encode()}
        files[f"{name}.csv"] = self.csv().encode()
        for file, data in files.items():
            (Path(target) / file).write_bytes(data)
        return self

    def csv(self) -> str:
        """Return the table of marks as CSV, the same in every language."""
        plain = {name: self.table[name].map(number, na_action="ignore") for name in NUMBERS if name in self.table}
        return str(self.table.assign(**plain).to_csv(index=False, lineterminator="\n"))

    def _written(self, form: str, **options: Any) -> bytes:
        buffer = io.BytesIO()
        with style.house_style():
            self.canvas.savefig(buffer, format=form, **options)
        return buffer.getvalue()
