"""Compare what a notebook holds with what it gives now: text exactly, pictures and drawings within a tolerance."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

TILE = 8
# Mean difference (of 255) in the worst tile. Another digit in a label gives 30 and more, another smoothing of its edges less than half of that.
TOLERANCE = 15.0
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def picture_difference(first: bytes, second: bytes) -> float:
    """Return the mean difference in the tile where two PNG files differ most; pictures of unequal size are wholly different.

    A difference over the whole picture would hardly see that one number was exchanged.
    """
    left, right = (np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=float) for data in (first, second))
    if left.shape != right.shape:
        return 255.0
    apart = np.abs(left - right).max(axis=2)
    height, width = (-(-size // TILE) * TILE for size in apart.shape)
    padded = np.zeros((height, width))
    padded[: apart.shape[0], : apart.shape[1]] = apart
    tiles = padded.reshape(height // TILE, TILE, width // TILE, TILE)
    return float(tiles.mean(axis=(1, 3)).max())


def drawing_differs(first: str, second: str) -> bool:
    """Say whether two SVG files differ by more than a tenth of a point in any number."""
    if NUMBER.sub("#", first) != NUMBER.sub("#", second):
        return True
    pairs = zip(NUMBER.findall(first), NUMBER.findall(second), strict=True)
    return any(abs(float(one) - float(other)) > 0.1 for one, other in pairs)


def differences(held: dict[str, Any], given: dict[str, Any]) -> Iterator[str]:
    """Yield what differs between the outputs of a notebook and those of a fresh run of it, by cell."""
    for number, (old, new) in enumerate(zip(held["cells"], given["cells"], strict=True), 1):
        if old["cell_type"] != "code":
            continue
        before, now = list(map(_shape, old["outputs"])), list(map(_shape, new["outputs"]))
        if before != now:
            yield f"cell {number}: the notebook holds {before}, a run gives {now}"
            continue
        for left, right in zip(old["outputs"], new["outputs"], strict=True):
            yield from (f"cell {number}: {problem}" for problem in _unlike(left, right))


def _shape(output: dict[str, Any]) -> tuple[str, ...]:
    return (output["output_type"], output.get("name", ""), *sorted(output.get("data", ())))


def _unlike(left: dict[str, Any], right: dict[str, Any]) -> Iterator[str]:
    if _text(left.get("text", "")) != _text(right.get("text", "")):
        yield f"printed {_text(left['text'])!r}, prints {_text(right['text'])!r}"
    for mime, value in left.get("data", {}).items():
        if mime == "image/png":
            apart = picture_difference(*(base64.b64decode(_text(output["data"][mime])) for output in (left, right)))
            if apart > TOLERANCE:
                yield f"the picture is not the one that is drawn (difference {apart:.0f})"
        elif _text(value) != _text(right["data"][mime]):
            yield f"{mime} was {_text(value)[:300]!r}, is {_text(right['data'][mime])[:300]!r}"


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
