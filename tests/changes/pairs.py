"""Pairs of rulebooks to compare: the tiny one, and the tiny one with edits."""

import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.conftest import RulesFolder
from tests.rulebooks import TINY_RULES
from webapp.changes.diff import ConditionChange, RulebookDiff, compare
from webapp.checks import load_checked
from webapp.rulebook.rulebook import Rulebook

COURSE, MEDICINES, SIDES = "points/course.yaml", "points/medicines.yaml", "points/sides.yaml"
FACTS, ASKED, TREATMENTS, STUDY = "facts.yaml", "questionnaire.yaml", "treatments.yaml", "evidence/findings/study.yaml"

Edit = tuple[str, str, str]
"""In this file, this text becomes that."""


class Pair(NamedTuple):
    """Two rulebooks: the tiny one edited as in `before`, and with the edits of `after` too.

    `told` is what differs, and nothing else does. Of a condition it says whether the point is shown to more people
    ("+"), to fewer ("-") or to others ("+-").
    """

    after: Sequence[Edit]
    told: Mapping[str, Any]
    before: Sequence[Edit] = ()


MANY = "    taken: {at_least: 2, of: [class.high, coral]}\n"
MANY_APPLY = "[{taken: [amber, coral]}, {taken: [coral], taking: beryl}]"
TWO = f"""- id: two-or-more
  group: points_for
  when:
{MANY}  weight: 2
  headline: Two medicines or more
  line: Each one counts.
  say: They were many.
  visit_question: Do all my medicines count?
  ask: [What does this mean for me?]
  findings: [study]
  examples:
    applies: {MANY_APPLY}
    does_not_apply: [{{taken: [amber]}}]
"""
NONE = TWO.replace("two-or-more", "none").replace(MANY, "    taken: [none]\n").replace(MANY_APPLY, "[{taken: [none]}]")
STONE = "  brands: []\n  generics: []\n  route: tablet\n  drug_class: {}\n  efficacy_class: {}\n"
DORA = f"- id: dora\n  name: Dora\n{STONE.format('mineral', 'high')}  lists: []\n  status: approved\n"
BERYL, BERYL_LOWER = (f"name: Beryl\n{STONE.format('mineral', level)}" for level in ("high", "lower"))
CORAL, CORAL_HIGH = (f"name: Coral\n{STONE.format('animal', level)}" for level in ("lower", "high"))
OTHER = "      - {id: other, label"
MIXED = "      - {id: mixed, label: Mixed, short_text: Mixed, clause: your course is mixed}\n"
SLEEP = """  - id: sleep
    section: health
    kind: one
    prompt: How do you sleep?
    why: Points differ.
    short_text: Sleep
    options:
      - {id: well, label: Well, short_text: Well, clause: you sleep well}
      - {id: badly, label: Badly, short_text: Badly, clause: you sleep badly}
"""
LOWER_ONLY = "taken: {any_of: [class.lower], none_of: [class.high]}"

CODES = {"layouts": ["2"]}
"""Codes of the questionnaire's version 2 mean something else."""

PAIRS: Mapping[str, Pair] = {
    "nothing": Pair([], {}),
    "the version": Pair([("rulebook.yaml", 'version: "1"', 'version: "2"')], {}),
    "wording only": Pair(
        [(MEDICINES, "say: They were many.", "say: There were many of them.")], {"reworded": {"two-or-more": ["say"]}}
    ),
    "headline, question and reminder": Pair(
        [
            (MEDICINES, "headline: Two medicines or more", "headline: More than one medicine"),
            (MEDICINES, "line: Each one counts.", "line: All of them count."),
            (MEDICINES, "I take ends?\n  ask: [What", "I take ends?\n  ask: [And what"),
            (MEDICINES, "remind: [no_change]", "remind: [no_change, contact]"),
        ],
        {"reworded": {"two-or-more": ["headline", "line"], "taking-strong-or-steady": ["ask", "remind"]}},
    ),
    "a condition narrowed": Pair(
        [
            (MEDICINES, MANY, f"    course: [waves, steady]\n{MANY}"),
            (MEDICINES, "{taken: [amber, coral]}, ", ""),
            (MEDICINES, "{taken: [coral], taking: beryl}", "{course: waves, taken: [coral], taking: beryl}"),
        ],
        {"conditions": {"two-or-more": "-"}},
    ),
    "a condition widened": Pair(
        [(COURSE, "    course: [waves]\n    scan", "    course: [waves, steady]\n    scan")],
        {"conditions": {"waves-with-spots": "+"}},
    ),
    "a condition about other people": Pair(
        [
            (MEDICINES, LOWER_ONLY, "taken: {any_of: [class.high], none_of: [class.lower]}"),
            (MEDICINES, "applies: [{taken: [coral]}]", "applies: [{taken: [amber]}]"),
        ],
        {"conditions": {"weak-ones-only": "+-"}},
    ),
    "an option added": Pair(
        [(ASKED, OTHER, f"{MIXED}{OTHER}")], {"questionnaire": ["answer 'mixed' of 'course' added"], "others": CODES}
    ),
    "an option added, and a point for all who chose no other": Pair(
        [(ASKED, OTHER, f"{MIXED}{OTHER}")],
        {"questionnaire": ["answer 'mixed' of 'course' added"], "others": CODES, "conditions": {"two-or-more": "+"}},
        [(MEDICINES, MANY, "    not: {course: [waves, other]}\n"), (MEDICINES, MANY_APPLY, "[{course: steady}]")],
    ),
    "a question added, and conditions on it": Pair(
        [
            (ASKED, "  - id: taken\n", f"{SLEEP}  - id: taken\n"),
            (COURSE, "not: {course: [other]}}", "not: {any: [{course: [other]}, {sleep: [badly]}]}}"),
            (MEDICINES, MANY, f"{MANY}    sleep: [well]\n"),
            (MEDICINES, MANY_APPLY, "[{taken: [amber, coral], sleep: well}]"),
        ],
        {
            "questionnaire": ["question 'sleep' added"],
            "others": CODES,
            "conditions": {"careful-when-quiet": "-", "two-or-more": "-"},
        },
    ),
    "a question reworded": Pair(
        [(ASKED, "prompt: Which course?", "prompt: What is your course?")],
        {"questionnaire": ["question 'course' changed"]},
    ),
    "a medicine added": Pair(
        [(TREATMENTS, "- id: coral\n", f"{DORA}- id: coral\n")],
        {
            "questionnaire": ["answer 'dora' of 'taken' added", "answer 'dora' of 'taking' added"],
            "others": CODES | {"treatments": ["dora"]},
            "conditions": {"weak-ones-only": "-", "two-or-more": "+", "taking-strong-or-steady": "+"},
        },
    ),
    "a medicine of another class": Pair(
        [(TREATMENTS, CORAL_HIGH, CORAL)],
        {
            "others": {"treatments": ["coral"]},
            "conditions": {"weak-ones-only": "+", "two-or-more": "-"},
        },
        [
            (TREATMENTS, BERYL, BERYL_LOWER),
            (TREATMENTS, CORAL, CORAL_HIGH),
            (MEDICINES, MANY, "    taken: [class.high]\n"),
            (MEDICINES, MANY_APPLY, "[{taken: [amber]}]"),
            (MEDICINES, "does_not_apply: [{taken: [amber]}]", "does_not_apply: [{taken: [beryl]}]"),
            (MEDICINES, "applies: [{taken: [coral]}]", "applies: [{taken: [beryl]}]"),
            (MEDICINES, "      - taking: [class.high]\n", "      - taking: [amber]\n"),
        ],
    ),
    "a number": Pair(
        [(STUDY, "share: {value: 64.5", "share: {value: 65.5")],
        {
            "numbers": [
                (
                    "study",
                    "share",
                    "value 64.5, unit of_100",
                    "value 65.5, unit of_100",
                    [
                        "waves-with-spots",
                        "outcomes doing-well",
                        *(f"facts_box {row}" for row in ("not-well", "again", "once-more", "fourth", "last")),
                    ],
                )
            ]
        },
    ),
    "a number that no point shows": Pair(
        [(STUDY, "least: {value: 1, unit: number}", "least: {value: 2, unit: number}")],
        {"numbers": [("study", "least", "value 1, unit number", "value 2, unit number", ["studies one"])]},
    ),
    "what a finding says beside its numbers": Pair(
        [(STUDY, "who: 250 people", "who: 250 women")], {"others": {"findings": ["study"]}}
    ),
    "the order": Pair([(MEDICINES, TWO, ""), (MEDICINES, "- id: weak", f"{TWO}- id: weak")], {"moved": True}),
    "an id": Pair([(MEDICINES, "id: two-or-more", "id: several")], {"renamed": {"two-or-more": "several"}}),
    "an id and a word": Pair(
        [(MEDICINES, "id: two-or-more", "id: several"), (MEDICINES, "They were many.", "They were so many.")],
        {"renamed": {"two-or-more": "several"}, "reworded": {"several": ["say"]}},
    ),
    "a point added": Pair([(MEDICINES, TWO, f"{TWO}{NONE}")], {"added": ["none"]}),
    "a point removed": Pair([(MEDICINES, TWO, "")], {"removed": ["two-or-more"]}),
    "a point retired": Pair(
        [(MEDICINES, "- id: two-or-more\n", "- id: two-or-more\n  status: retired\n")], {"removed": ["two-or-more"]}
    ),
    "a point replaced": Pair(
        [(MEDICINES, "id: two-or-more", "id: much"), (MEDICINES, "They were many.", "It was a lot to take, for long.")],
        {"removed": ["two-or-more"], "added": ["much"]},
    ),
    "a group": Pair(
        [(MEDICINES, "- id: two-or-more\n  group: points_for", "- id: two-or-more\n  group: background")],
        {"reworded": {"two-or-more": ["group"]}},
    ),
    "a fact": Pair(
        [(FACTS, "taken: {any_of: [amber]}", "taken: {any_of: [amber, coral]}")],
        {"conditions": {"active-on-amber": "+"}},
    ),
    "a fact that another rests on": Pair(
        [(FACTS, "      - course: [waves]\n", "      - course: [waves, steady]\n")],
        {"conditions": {"careful-when-quiet": "-", "careful-otherwise": "+"}},
        [(COURSE, "applies: [{course: steady, scan: clear}, {}]", "applies: [{}]")],
    ),
    "conditions written otherwise": Pair(
        [
            (COURSE, "{active: false, not: {course: [other]}}", "{not: {any: [{course: [other]}, {active: true}]}}"),
            (COURSE, "    course: [waves]\n    scan: [spots]\n", "    scan: {any_of: [spots]}\n    course: [waves]\n"),
            (MEDICINES, LOWER_ONLY, "taken: {any_of: [coral], none_of: [beryl, amber]}"),
        ],
        {},
    ),
    "no longer for safety": Pair(
        [(COURSE, "  safety: true\n", ""), (COURSE, "scan: clear}, {}]", "scan: clear}]")],
        {"conditions": {"careful-when-quiet": "-"}, "reworded": {"careful-when-quiet": ["safety"]}},
    ),
    "for safety now": Pair(
        [
            (MEDICINES, "- id: two-or-more\n", "- id: two-or-more\n  safety: true\n"),
            (MEDICINES, "does_not_apply: [{taken: [amber]}]", "does_not_apply: [{taken: [none]}]"),
        ],
        {"conditions": {"two-or-more": "+"}, "reworded": {"two-or-more": ["safety"]}},
    ),
    "a question that other answers switch off": Pair(
        [(ASKED, "enable_when: {not: {course: [other]}}", "enable_when: {course: [waves]}")],
        {
            "questionnaire": ["question 'scan' changed"],
            "conditions": {"careful-when-quiet": "+", "active-on-amber": "-", "careful-otherwise": "-"},
        },
    ),
    "a point for everybody now": Pair(
        [
            (MEDICINES, f"  when:\n{MANY}", "  always: true\n"),
            (MEDICINES, "    does_not_apply: [{taken: [amber]}]\n- id: active", "- id: active"),
        ],
        {"conditions": {"two-or-more": "+"}},
    ),
    "pages beside the sheet": Pair(
        [
            ("facts_box.yaml", "  when: {course: [waves]}\n  title: Died in waves", "  title: Died in waves"),
            ("claims/claims.yaml", "says: It is old.", "says: It is not new."),
            ("options.yaml", "{id: risks, title: Risks}", "{id: risks, title: Harms}"),
            ("wording.yaml", "purpose: This is education.", "purpose: This is for learning."),
        ],
        {
            "others": {
                "facts_box": ["died-in-waves"],
                "claims": ["it-is-new"],
                "options": ["options.yaml"],
                "wording": ["wording.yaml"],
            }
        },
    ),
}
"""What changes → the edits, and the expected report."""

MEANS_NOTHING = {"renamed", "moved"}


def folders(name: str, place: Path) -> tuple[Path, Path]:
    """Return the two folders of rules of a pair, made in `place`."""
    pair = PAIRS[name]
    old = RulesFolder(shutil.copytree(TINY_RULES, place / "old"))
    for edit in pair.before:
        old.edit(*edit)
    old.lay_out()
    new = RulesFolder(shutil.copytree(old.path, place / "new"))
    for edit in pair.after:
        new.edit(*edit)
    new.lay_out()
    return old.path, new.path


class Compared(NamedTuple):
    name: str
    old: Rulebook
    new: Rulebook
    diff: RulebookDiff


@cache
def comparison(name: str) -> Compared:
    """Return a pair of valid rulebooks and their comparison. Two test modules use it."""
    with TemporaryDirectory() as place:
        old, new = map(load_checked, folders(name, Path(place)))
    return Compared(name, old, new, compare(old, new))


def side(change: ConditionChange) -> str:
    return "+" * (change.now_shown is not None) + "-" * (change.now_hidden is not None)


def plainly(diff: RulebookDiff) -> dict[str, Any]:
    """Return the comparison without its empty parts."""
    told = {
        **vars(diff),
        "conditions": {change.rule: side(change) for change in diff.conditions},
        "numbers": [(each.finding, each.key, each.old, each.new, each.touches) for each in diff.numbers],
    }
    return {name: what for name, what in told.items() if what}
