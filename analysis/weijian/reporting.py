"""Run the notebooks that need it and publish what they give: outputs, figures, pages.

The notebooks' default language is written back into the notebooks themselves; every language becomes a page under figures/.
A run publishes all that it made or, when it fails, nothing; the other runs go on, and the failures are listed at the end.
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from weijian import freshness, ledger, texts, warm
from weijian.amounts import LANGUAGES
from weijian.elsewhere import bring_notebooks
from weijian.engine import cores
from weijian.errors import NotebookError, PartialBuildError, WeijianError, say
from weijian.links import without_dead
from weijian.runner import Run
from weijian.shelf import Shelf, some

if TYPE_CHECKING:
    from weijian.corpus import Corpus

_INDEX, _TEXTS = "index", "texts"
_WAITING = 1
"""How many of the runs are, at any time, waiting: for a kernel to start or end, or for what it sent to be taken in."""


@dataclass(frozen=True)
class Outcome:
    """What a report did: the runs that were made anew, those that stood, and the page to open first."""

    made: tuple[str, ...]
    stood: tuple[str, ...]
    index: Path


def report(
    root: Path | str | None = None,
    *,
    place: str | Sequence[str] | None = None,
    notebook: str | Sequence[str] | None = None,
    language: str | None = None,
    jobs: int | None = None,
    force: bool = False,
) -> Outcome:
    """Bring data, notebooks, figures and pages up to date and say so on stderr.

    ``place`` (one or more codes of the table reports) makes pages of each of these places alone in figures/<code>/; ``notebook`` limits
    the notebooks to those whose names begin so, and ``language`` the languages; ``jobs`` is the number of notebooks run at a time
    (default: one more than there are cores); ``force`` runs all of them. A report that was interrupted goes on where it stopped. Raises
    NotebookError listing every run that failed, after the others have been published.
    """
    from weijian.corpus import Corpus

    corpus = Corpus(root)
    with (
        freshness.only_one(corpus.root / ".cache" / "report.lock", say, "Another report is being made here; waiting for it to end."),
        ExitStack() as kept,
    ):
        current = corpus.is_current()
        shelf = Shelf(corpus.root, language) if (corpus.root / "notebooks").is_dir() else None
        at_hand = shelf.notebooks if shelf and not current else {}
        template = kept.enter_context(warm.template(at_hand, corpus.root))  # it imports what they need while the tables are built
        unbuilt = [] if current else _build(corpus)
        bring_notebooks(corpus.root)
        shelf = shelf or Shelf(corpus.root, language)
        runs = shelf.runs(_each(place), _each(notebook))
        desk = _Desk(shelf, corpus.made_of())
        stale = [run for run in runs if force or not desk.is_fresh(run)]
        failures = shelf.unreadable + (desk.publish_all(stale, jobs or cores() + _WAITING, template) if stale else [])
        renewed = desk.finish()
    if failures or unbuilt:
        raise _all_of([*unbuilt, *failures])
    stood = tuple(run.name for run in runs if run not in stale)
    if renewed:
        say(f"renewed: {', '.join(renewed)}")
    if not stale and not renewed:
        say(f"nothing changed: tables, notebooks, figures and pages are up to date, see {desk.index}")
    return Outcome(tuple(run.name for run in stale), stood, desk.index)


def _build(corpus: Corpus) -> list[WeijianError]:
    """Build the tables; reports that cannot be read are told at the end and keep nothing else from being made."""
    try:
        corpus.build()
    except PartialBuildError as error:
        return [error]
    return []


class _Desk:
    """Where the runs of a shelf of notebooks are published, with what is known of their last ones."""

    def __init__(self, shelf: Shelf, made_of: Mapping[str, str]) -> None:
        self.shelf, self.root, self.figures = shelf, shelf.root, shelf.figures
        self.index = self.figures / "index.html"
        self.ledger = ledger.Ledger(self.root)
        self._common = ledger.common_inputs(self.root)
        self._tables = ledger.tables_digest(self.root)
        self._made_of = made_of

    @cached_property
    def _documents(self) -> set[str]:
        """Return the names of the documents, each of which has a page with its text."""
        return set(texts.documents(self.root))

    def is_fresh(self, run: Run) -> bool:
        """Say whether a run would give what is already there."""
        return self.ledger.is_fresh(run.name, self._inputs(run, self.ledger.place(run.name)))

    def _inputs(self, run: Run, place: str) -> str:
        """Return one SHA-256 for all that a run depends on: all tables, or the rows of the one place that it loads."""
        notebook = freshness.notebook_digest(self.shelf.notebooks[run.notebook])
        tables = self._made_of.get(place, self._tables)
        return freshness.digest(self._common, tables, notebook, repr(sorted(run.parameters.items())))

    def publish_all(self, runs: Sequence[Run], jobs: int, template: warm.Template | None = None) -> list[NotebookError]:
        """Run and publish; return the failures."""
        import nbformat

        from weijian.runner import execute_all

        jobs = max(1, min(jobs, len(runs)))
        say(f"running {some([run.name for run in runs])}; {jobs} at a time")
        began = monotonic()
        failures: dict[str, NotebookError] = {}
        sources = {path: nbformat.read(path, as_version=4) for path in {run.notebook for run in runs}}
        with _staging(runs, self.root) as staged:
            for count, (run, result) in enumerate(execute_all(staged, sources, self.root, jobs, template), 1):
                if isinstance(result, NotebookError):
                    failures[run.name] = result
                else:
                    self._publish(run, sources[run.notebook], result)
                shutil.rmtree(run.figures, ignore_errors=True)  # of many runs they are more than need be kept
                verdict = "failed" if run.name in failures else "done"
                say(f"[{count}/{len(runs)}] {run.name} {verdict} after {monotonic() - began:.1f} s")
        for run in runs:
            if run.name not in failures and not self.is_fresh(run):
                problem = f"another run wrote other contents into one of {', '.join(sorted(self.ledger.outputs(run.name)))}"
                failures[run.name] = NotebookError(problem, where=run.where, remedy="Give the figure a name of its own")
        return [failures[run.name] for run in runs if run.name in failures]

    def _publish(self, run: Run, source: Any, done: Any) -> None:
        """Move a run's figures to their folder, write its page and, for the defaults, its notebook; keep the hashes."""
        from weijian.drawings import deeper
        from weijian.pages import render

        folder = self.figures / run.place
        drawn = sorted(path for path in run.figures.rglob("*") if path.is_file())
        written = [folder / path.relative_to(run.figures) for path in drawn]
        for source_path, path in zip(drawn, written, strict=True):
            data = source_path.read_bytes()
            if path.suffix == ".svg":
                data = without_dead(data.decode(), self._documents).encode()
                data = deeper(data) if run.place else data
            freshness.write_whole(path, data)
        beside = {spoken: folder / f"{run.notebook.stem}.{spoken}.html" for spoken in LANGUAGES}
        page = beside.pop(run.language)
        others = [spoken for spoken, path in beside.items() if spoken in self.shelf.languages or path.is_file()]
        html = render(done, run.notebook.stem, run.language, others=others, depth=1 if run.place else 0, figures=run.figures)
        freshness.write_whole(page, without_dead(html, self._documents).encode())
        written.append(page)
        if not run.parameters:
            self._write_back(run.notebook, source, done)
            written.append(run.notebook)
        place = ledger.place_loaded(run.loaded)
        self._remove(self.ledger.record(run.name, self._inputs(run, place), written, place))

    def _write_back(self, path: Path, source: Any, done: Any) -> None:
        """Give the notebook its outputs and nothing else of the run; one that was edited meanwhile is left alone."""
        import nbformat

        if freshness.notebook_digest(freshness.read_notebook(path)) != freshness.notebook_digest(self.shelf.notebooks[path]):
            say(f"{path.name} was edited while it ran and is left as it is; run the report again")
            return
        notebook = copy.deepcopy(source)
        notebook.metadata.pop("papermill", None)
        notebook.metadata.get("language_info", {}).pop("version", None)
        for cell, ran in zip(notebook.cells, done.cells, strict=True):
            for noise in ("papermill", "execution"):
                cell.metadata.pop(noise, None)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
        freshness.write_whole(path, nbformat.writes(notebook, version=4).rstrip("\n").encode() + b"\n")

    def finish(self) -> list[str]:
        """Drop what belonged to notebooks that are gone, renew the texts and the index when what they link has changed; say which."""
        stems = {path.stem for path in self.shelf.paths} | {_INDEX, _TEXTS}
        for name in self.ledger.names():
            stem, *inner = name.split(".")[:-1] or [name]
            if not name.startswith(f"{_TEXTS}.") and (stem not in stems or (inner and inner[0] not in self.shelf.place_codes)):
                self._remove(self.ledger.forget(name))
        return [name for name, renewed in ((_TEXTS, self._write_texts()), (_INDEX, self._write_index())) if renewed]

    def _write_texts(self) -> bool:
        """Renew the pages of the documents when the tables, the texts or what uses them has changed."""
        inputs = freshness.digest(self._common, self._tables, texts.inputs(self.root))
        if self.ledger.is_fresh(_TEXTS, inputs):
            return False
        for name in self.ledger.names():
            if name.startswith(f"{_TEXTS}.") and name.removeprefix(f"{_TEXTS}.") not in self._documents:
                self.ledger.forget(name)
        self._remove(self.ledger.record(_TEXTS, inputs, texts.write_texts(self.root, self.ledger, self._common)))
        return True

    def _write_index(self) -> bool:
        """Renew the index when what it links has changed."""
        linked = sorted(path.relative_to(self.figures).as_posix() for path in self.figures.rglob("*") if self._is_linked(path))
        inputs = freshness.digest(self._common, self._tables, *linked, *map(freshness.notebook_digest, self.shelf.notebooks.values()))
        if self.ledger.is_fresh(_INDEX, inputs):
            return False
        from weijian import pages

        titles = {path.stem: pages.title_of(notebook) for path, notebook in self.shelf.notebooks.items()}
        sources = {path.stem: pages.source_of(notebook) for path, notebook in self.shelf.notebooks.items()}
        index = pages.write_index(self.figures, titles, sources, texts.titles(self.root))
        self._remove(self.ledger.record(_INDEX, inputs, [*pages.write_type(self.figures), index]))
        return True

    def _is_linked(self, path: Path) -> bool:
        """Say whether the index links a file: what lies in figures/, and the pages of one place below it."""
        return path.is_file() and path != self.index and (path.parent == self.figures or path.suffix == ".html")

    def _remove(self, names: set[str]) -> None:
        """Remove figures and pages that nothing draws any more; notebooks are never removed."""
        for name in names:
            if name.startswith("figures/"):
                (self.root / name).unlink(missing_ok=True)


@contextmanager
def _staging(runs: Sequence[Run], root: Path) -> Iterator[list[Run]]:
    """Give each run a folder of its own to draw into, so that figures/ never holds half of a notebook's figures."""
    for left in (root / ".cache").glob("figures-*"):  # by a report that was killed
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=root / ".cache", prefix="figures-"))
    try:
        staged = [Run(run.notebook, run.language, folder / run.name, run.place, run.parameters) for run in runs]
        for run in staged:
            run.figures.mkdir()
        yield staged
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _all_of(failures: Sequence[WeijianError]) -> WeijianError:
    if len(failures) == 1:
        return failures[0]
    return NotebookError(f"{len(failures)} things failed:\n" + "\n".join(f"- {failure}" for failure in failures))


def _each(given: str | Sequence[str] | None) -> list[str]:
    """Return what was asked for as a list, each once."""
    return list(dict.fromkeys([given] if isinstance(given, str) else given or ()))
