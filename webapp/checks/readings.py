"""What a finding says of its own study and of how it was read stays true."""

import re
from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.rulebook.records.evidence import Design, Finding
from webapp.rulebook.rulebook import Rulebook

_STUDIES: frozenset[Design] = frozenset(
    {
        "randomised_trial",
        "comparative_cohort",
        "cohort",
        "case_reports",
        "pooled_analysis",
        "review",
        "survey",
        "laboratory",
    }
)
_HOW_OFTEN = re.compile(r"\bonce\b|\bsecond time\b")


def study_years(rulebook: Rulebook) -> Iterator[Found]:
    """The years of a study are its own, and not silently those of its page: a year of publication says so."""
    for finding in rulebook.findings.values():
        if finding.design in _STUDIES and finding.years == str(rulebook.sources[finding.source].issued):
            message = f"is {finding.years} the year of the study or of its page? Say “published {finding.years}”"
            yield Found(At("findings", finding.id, ("years",)), message)


def read_again(rulebook: Rulebook) -> Iterator[Found]:
    """Where a source was read again later, no older finding from it still says that it was read once."""
    latest: dict[str, Finding] = {}
    for finding in rulebook.findings.values():
        if not finding.via:
            latest[finding.source] = max(finding, latest.get(finding.source, finding), key=lambda read: read.checked)
    for finding in rulebook.findings.values():
        later = latest.get(finding.source, finding)
        if not finding.via and later.checked > finding.checked and _HOW_OFTEN.search(finding.certainty.reason):
            message = f"the source was read again for '{later.id}' ({later.checked.isoformat()}): check this one too"
            yield Found(At("findings", finding.id, ("certainty", "reason")), message)
