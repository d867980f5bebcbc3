"""A few mutants of rule files. (`make rule-mutants` tries 2,000, also of the rules of the product.)"""

import shutil
from collections import Counter
from pathlib import Path

from tests.rule_mutants import KINDS, mutants, outcome
from tests.rulebooks import TINY_RULES


def test_a_mutant_means_the_same_or_is_refused_with_its_place_or_is_told_by_diff(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(TINY_RULES, tmp_path / "rules"))
    became = Counter(
        (kind, outcome(copy, TINY_RULES, file, content)) for kind, file, content in mutants(TINY_RULES, 210, seed=1)
    )
    assert {kind for kind, end in became if end == "refused"} == KINDS.keys()
    assert {end for _, end in became} == {"refused", "the same", "told by diff"}
