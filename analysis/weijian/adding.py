"""Reports come into a corpus: copied into data/raw, with their text and a row of the manifest, all or nothing.

In: files and folders, and what the person who adds them states. Out: an ``Added`` for each file, also for those that did
not go in. One bad file keeps no other out, and nothing that is there is touched.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from weijian.candidates import Candidate, examine
from weijian.corpus import Corpus
from weijian.errors import CorpusError, DocumentError, WeijianError
from weijian.freshness import write_whole
from weijian.likeness import Shelf
from weijian.originals import STATED, completed, document_name, entered_rows, kept_text, may_be_entered, open_document, write_manifest
from weijian.schema import Row
from weijian.sources import RAW

ADDED, KNOWN, FAILED, DECLINED = "added", "known", "failed", "declined"
_NOT_REPORTS = ("manifest.csv", "Thumbs.db", "desktop.ini")

Decide = Callable[[Candidate], "Mapping[str, str] | None"]
"""Asks a person about a candidate: what is stated of it besides, or None when it is not wanted."""


@dataclass(frozen=True)
class Added:
    """What became of a file: the verdict (added, known, failed, declined), the document it is, and why it did not go in.

    ``stated`` says that a person stated something of a report that is there already; ``doubtful`` that it shows no place, year or title.
    """

    path: Path
    verdict: str
    document: str = ""
    reason: str = ""
    stated: bool = False
    doubtful: bool = False


def _differs(stated: Mapping[str, str]) -> bool:
    return any(stated.get(name) for name in STATED)


class Intake:
    """Takes files into a corpus; knows the texts that are there, so that the same report is not added twice."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.rows: list[Row] = list(corpus.manifest().rows)
        self._shelf: Shelf | None = None

    def take(self, path: Path, stated: Mapping[str, str], decide: Decide) -> Added:
        """Add one file, after ``decide`` has been asked about it; return what became of it."""
        try:
            candidate = examine(path, stated)
            known = self._same_as(candidate)
            if known:
                return Added(path, KNOWN, known, stated=_differs(stated))
            more = decide(candidate)
            if more is None:
                return Added(path, DECLINED)
            candidate = examine(path, {**stated, **more}) if more else candidate
            with self.corpus.locked():
                known = self._same_as(candidate) if self._catch_up() else ""
                if known:
                    return Added(path, KNOWN, known, stated=_differs({**stated, **more}))
                return Added(path, ADDED, self._keep(candidate), doubtful=candidate.is_doubtful)
        except WeijianError as error:
            return Added(path, FAILED, reason=str(error))
        except OSError as trouble:
            place = trouble.filename or self.corpus.root / RAW
            return Added(path, FAILED, reason=f"{place}: cannot be written ({trouble.strerror}). make room, or allow writing there")

    def versions_of(self, candidate: Candidate) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield what looks odd beside what the corpus holds: a document of the same place, year and genre."""
        for row in self.rows:
            name = document_name(row)
            if name.startswith(document_name(candidate.row)) and candidate.reports and candidate.reports[0].place_code:
                first = candidate.reports[0]
                yield "another_version", {"document": name, "place": first.place, "year": str(first.year or "")}

    def _same_as(self, candidate: Candidate) -> str:
        """Return the document that is the same report, by its bytes or by its sentences."""
        for row in self.rows:
            if row["sha256"] == candidate.document.sha256:
                return document_name(row)
        if self._shelf is None:
            self._shelf = Shelf(self._texts(self.rows))
        return self._shelf.same_as(candidate.document.text)

    def _catch_up(self) -> bool:
        """Take over what others have written into the manifest since; return whether there are rows of theirs."""
        known = {row["file"] for row in self.rows}
        self.rows = list(entered_rows(self.corpus.root))
        theirs = [row for row in self.rows if row["file"] not in known]
        if self._shelf is not None:
            for name, text in self._texts(theirs):
                self._shelf.put(name, text)
        return bool(theirs)

    def _texts(self, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
        for row in rows:
            try:
                yield document_name(row), open_document(self.corpus.root, row).text
            except (DocumentError, CorpusError) as trouble:  # the build names it too; no file can be the same as one that nobody can read
                self.corpus.say(f"{trouble}")

    def _keep(self, candidate: Candidate) -> str:
        """Copy the file and its text and write the manifest's row, the row last; on any error nothing of it stays.

        The caller holds the lock and has caught up.
        """
        root = self.corpus.root
        row, text = completed({**candidate.row, "file": self._free_name(candidate)}, candidate.document)
        target = root / RAW / row["file"]
        made: list[Path] = []
        try:
            if not target.exists():
                made.append(target)
                write_whole(target, candidate.content)
            if text:
                made.append(kept_text(root, row))
                write_whole(made[-1], text)
            write_manifest(root, [*self.rows, row])
        except BaseException:
            for path in made:
                path.unlink(missing_ok=True)
            raise
        self.rows.append(row)
        if self._shelf:
            self._shelf.put(document_name(row), candidate.document.text)
        return document_name(row)

    def _free_name(self, candidate: Candidate) -> str:
        """Return a name in data/raw that no document has; a file that lies there already without a row keeps its own.

        Raises DocumentError for one that lies there under a name that the manifest cannot hold.
        """
        path, raw = candidate.path, self.corpus.root / RAW
        names = {document_name(row) for row in self.rows}
        if path.absolute().parent.resolve() == raw and not path.is_symlink() and path.stem not in names:
            if not may_be_entered(path.name):
                problem, remedy = "a file of this name cannot be entered", "rename it, or move it out of data/raw and add it from there"
                raise DocumentError(problem, where=str(path), remedy=remedy)
            return path.name
        stem, dot, ending = candidate.row["file"].rpartition(".")
        tried, number = stem, 1
        while tried in names or _holds_another(raw / f"{tried}{dot}{ending}", candidate.content):
            number += 1
            tried = f"{stem}-{number}"
        return f"{tried}{dot}{ending}"


def _holds_another(path: Path, content: bytes) -> bool:
    """Whether something else has a name already; an equal file without a row is what an interrupted ``add`` has left."""
    return os.path.lexists(path) and (path.is_symlink() or not path.is_file() or path.read_bytes() != content)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are named or lie in the folders that are named, each once; hidden and temporary ones left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if os.path.isdir(path):  # which takes a name that is too long for one that is nothing
            inside = (Path(folder) / name for folder, _, names in os.walk(path) for name in names)
            found |= dict.fromkeys(sorted(each for each in inside if _may_be_report(each, path)))
        else:
            found[path] = None
    return list(found)


def _may_be_report(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return not any(part.startswith((".", "~$")) for part in parts) and path.name not in _NOT_REPORTS


def add(
    files: Sequence[Path | str],
    stated: Mapping[str, str] | None = None,
    *,
    root: Path | str | None = None,
    decide: Decide = lambda candidate: {},
) -> list[Added]:
    """Add files, or the files of folders, to a corpus and return what became of each, in order.

    ``stated`` may hold place_code, year, genre, tier and note: it goes before what the text shows. ``decide`` is asked about
    each file; without it every report goes in. Build the tables afterwards.
    """
    intake = Intake(Corpus(root))
    return [intake.take(path, stated or {}, decide) for path in files_in(map(Path, files))]
