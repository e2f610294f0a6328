"""Pictures of sample marks against the pictures that were looked at; ``python tests/figures/test_pictures.py`` makes those anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BASELINE = Path(__file__).parent / "baseline"
TOLERANCE = 2.0
"""Root mean square difference; another digit in one label gives more, another smoothing of edges less."""
SHARPNESS = 80
KINDS = ("sample", "pair", "programmes", "parted", "covered", "laddered", "audited", "paired", "followed")
NAMES = [f"{kind}.{language}" for kind in KINDS for language in ("zh", "en")]


def draw(name: str, path: Path) -> None:
    """Draw a sample as a small PNG."""
    from figures import samples
    from weijian.figures import style

    kind, _, language = name.partition(".")
    with style.house_style():
        getattr(samples, kind)(language).canvas.savefig(path, dpi=SHARPNESS, metadata={"Software": None})


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_the_one_that_was_looked_at(name, tmp_path):
    from matplotlib.testing.compare import compare_images

    drawn = tmp_path / f"{name}.png"
    draw(name, drawn)
    problem = compare_images(str(BASELINE / f"{name}.png"), str(drawn), tol=TOLERANCE)
    assert problem is None, problem


@pytest.mark.slow
def test_the_tolerance_sees_another_digit(tmp_path):
    from matplotlib.testing.compare import compare_images

    from figures import samples
    from weijian import figures
    from weijian.figures import style

    marks = samples.every_mark()
    marks.loc[marks["value"] == 47.84, "value"] = 48.84
    title, subtitle = samples._TITLES["zh"]
    drawn = tmp_path / "sample.zh.png"
    with style.house_style():
        figures.dot_plot(marks, title=title, subtitle=subtitle).canvas.savefig(drawn, dpi=SHARPNESS)
    assert compare_images(str(BASELINE / "sample.zh.png"), str(drawn), tol=TOLERANCE) is not None


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1])]
    BASELINE.mkdir(exist_ok=True)
    for each in NAMES:
        draw(each, BASELINE / f"{each}.png")
