"""New records with all keys that they need. What only a person can know is marked, and the loader reports each mark."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, get_args

from webapp.checks.schemas import modeline
from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.evidence import SourceType
from webapp.rulebook.yaml_file import read

YEAR = timedelta(days=365)

_SOURCE = """\
- id: {id}
  type: {type}
  author: [TO WRITE the authors as Burt RK or as the name of a body; take the line out if there are none]
  title: TO WRITE the title, word for word
  container-title: TO WRITE the journal or the site; take the line out if there is none
  issued: TO WRITE the year; take the line out if there is none
  DOI: TO WRITE the DOI that begins with 10.; without one write PMID or URL in its place, or no_link with the reason
"""

_FINDING = """\
- id: {id}
  source: {source}
  locator: TO WRITE where in the source it is, such as abstract, Results
  says: TO WRITE the fact in one sentence, with numbers by their names such as {{share}} and no digits
  numbers:
    share: 'TO WRITE the number, such as {{value: 73, unit: of_100, low: 66, high: 81}}, or take both lines out'
  who: TO WRITE how many people of which kind were studied; take the line out if it was not stated
  where: TO WRITE the places; take the line out if they were not stated
  years: TO WRITE the years of the study; take the line out if they were not stated
  followup: TO WRITE for how long; take the line out if it was not stated
  about: 'TO WRITE the answers of these people, such as {{ms_type: [relapsing_remitting]}}, or {{}} for anybody'
  design: TO WRITE the kind of study, such as cohort
  certainty: 'TO WRITE how sure it is and why, such as {{level: low, reason: No comparison group.}}'
  checked: {today}
  review_by: {review_by}
"""

_POINT = """\
- id: {id}
  group: TO WRITE one of points_for, points_of_caution, open_questions, background
  when: 'TO WRITE the answers that bring it, such as {{ms_type: [relapsing_remitting]}}'
  weight: TO WRITE how much it can change what the visit is about, from 1 to 3 (the most)
  headline: TO WRITE what it is about, in seventy characters at most
  line: TO WRITE the point in one line that is true alone, with one number at most
  say: TO WRITE a few short sentences, with numbers as {{finding-id.key}} and no digits
  visit_question: TO WRITE the question most worth a minute with the neurologist; it is understood alone
  ask:
    - TO WRITE one more question, in the person's own voice
  findings: [{findings}]
  examples:
    applies:
      - 'TO WRITE answers that bring it, such as {{ms_type: relapsing_remitting}}'
    does_not_apply:
      - 'TO WRITE answers that do not, such as {{ms_type: primary_progressive}}'
"""


class NewRecordError(ValueError):
    """The record cannot be made; the message says why."""


class _Place(NamedTuple):
    """A record of a folder of rules: its file and line, and what it says."""

    file: Path
    line: int
    record: Mapping[str, Any]


class New(NamedTuple):
    """What was written, and where: a file and a line in it."""

    file: Path
    line: int


def new_source(rules: Path, name: str, kind: str) -> New:
    """Write a source of a type in alphabetical order: into the file of the source of its type before it."""
    kinds = get_args(SourceType)
    if kind not in kinds:
        raise NewRecordError(f"there is no type '{kind}'{did_you_mean(kind, kinds)} (allowed: {', '.join(kinds)})")
    known = _known(rules, "evidence/sources", name)
    of_type = sorted((each for each in known.items() if each[1].record.get("type") == kind), key=lambda each: each[0])
    before = [place for other, place in of_type if other < name]
    near = before[-1] if before else next((place for _, place in of_type), None) or next(iter(known.values()))
    later = [place for other, place in known.items() if place.file == near.file and other > name]
    return _insert(near.file, later[0].line if later else None, _SOURCE.format(id=name, type=kind), gap="")


def new_finding(rules: Path, name: str, source: str, file: str, today: date) -> New:
    """Write a finding from a source at the end of a file of findings. The file is made if it is not there."""
    sources = _known(rules, "evidence/sources")
    if source not in sources:
        raise NewRecordError(f"there is no source '{source}'{did_you_mean(source, sources)}")
    _known(rules, "evidence/findings", name)
    text = _FINDING.format(id=name, source=source, today=today, review_by=today + YEAR)
    return _append(rules, f"evidence/findings/{file}.yaml", text)


def new_point(rules: Path, name: str, findings: tuple[str, ...], file: str) -> New:
    """Write a point that rests on findings at the end of a file of points. The file is made if it is not there."""
    known = _known(rules, "evidence/findings")
    for finding in findings:
        if finding not in known:
            raise NewRecordError(f"there is no finding '{finding}'{did_you_mean(finding, known)}")
    _known(rules, "points", name)
    topics = [topic["id"] for topic in read(rules / "rulebook.yaml", "rulebook.yaml").data["topics"]]
    topic = file.partition("-")[0]
    if topic not in topics:
        raise NewRecordError(
            f"a file of points begins with its topic; there is no topic '{topic}'{did_you_mean(topic, topics)}"
        )
    return _append(rules, f"points/{file}.yaml", _POINT.format(id=name, findings=", ".join(findings)))


def _known(rules: Path, folder: str, new: str = "") -> Mapping[str, _Place]:
    """Return the records of a folder by id. Raises NewRecordError if `new` is one of them."""
    known = {place.record["id"]: place for place in _records(rules / folder)}
    if new in known:
        place = known[new]
        raise NewRecordError(f"there is a '{new}' already, at {place.file.relative_to(rules).as_posix()}:{place.line}")
    return known


def _records(folder: Path) -> Iterator[_Place]:
    for file in sorted(folder.glob("*.yaml")):
        content = read(file, file.name)
        for number, record in enumerate(content.data or ()):
            yield _Place(file, content.place(number, "id").line, record)


def _append(rules: Path, name: str, text: str) -> New:
    file = rules / name
    if not file.exists():
        file.write_text(f"{modeline(PurePosixPath(name))}\n", encoding="utf-8")
    return _insert(file, None, text, gap="\n")


def _insert(file: Path, line: int | None, text: str, gap: str) -> New:
    """Write a record before a line of a file, or at its end behind `gap`."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    place = len(lines) if line is None else line - 1
    lines[place:place] = [gap, text]
    file.write_text("".join(lines), encoding="utf-8")
    return New(file, place + 1 + len(gap))
