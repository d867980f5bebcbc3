"""Rules engines of others on the conditions of our rules. Their answers are compared with ours before they are timed.

None of them knows a third value. So each condition is translated twice: whether it is certainly true, and whether it
may be true; what is known of an answer is given as two sets of options, the certain and the possible ones. Each engine
gets the fastest of the forms that we tried, with its rules compiled and its data read before the clock starts.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from tests.knowledge import Sets, sets_of
from webapp.rulebook.compiled import Known
from webapp.rulebook.conditions import Condition, Definitions, expanded
from webapp.rulebook.rulebook import Rulebook
from webapp.rulebook.two_rails import TwoRails

Run = Callable[[], float]
"""Does a piece of work once, and returns the milliseconds of processor time that it took."""


class Case(NamedTuple):
    """Conditions, what is known of the answers of some people, and the truth values of all conditions for each."""

    conditions: Sequence[Condition]
    known: Sequence[Mapping[str, Sets]]
    truths: Sequence[Sequence[bool | None]]


class Dialect(NamedTuple):
    """How an engine writes: at least so many of some options; not; all of; one of. And how it is given options."""

    selected: Callable[[str, Sequence[str], int, str], Any]
    no: Callable[[Any], Any]
    every: Callable[[Sequence[Any]], Any]
    some: Callable[[Sequence[Any]], Any]
    options: Callable[[frozenset[str]], Any]

    def rules(self, case: Case) -> list[Any]:
        """Return each condition twice: certainly true, and possibly true."""
        written = _Written(self)
        return [each for condition in case.conditions for each in written.both(condition)]

    def data(self, case: Case) -> list[Any]:
        """Return what is known of each person's answers."""
        return [
            {
                question: {"certain": self.options(each.certain), "possible": self.options(each.possible)}
                for question, each in known.items()
            }
            for known in case.known
        ]


class _Written(TwoRails[Any]):
    """Conditions in a dialect."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(Definitions())
        self.dialect = dialect

    def selected(self, question: str, options: Sequence[str], count: int) -> tuple[Any, Any]:
        certainly, possibly = (self.dialect.selected(question, options, count, way) for way in ("certain", "possible"))
        return certainly, possibly

    def every(self, parts: Iterable[Any]) -> Any:
        return self.dialect.every(list(parts))

    def some(self, parts: Iterable[Any]) -> Any:
        return self.dialect.some(list(parts))

    def no(self, part: Any) -> Any:
        return self.dialect.no(part)


def _in_json_logic(question: str, options: Sequence[str], count: int, way: str) -> Any:
    chosen = [{"var": f"{question}.{way}.{option}"} for option in options]
    if count == 1:
        return {"!!": chosen} if len(chosen) == 1 else {"or": chosen}
    return {">=": [{"+": [{"if": [each, 1, 0]} for each in chosen]}, count]}


def _in_zen(question: str, options: Sequence[str], count: int, way: str) -> str:
    listed = f"{question}.{way}, # in {json.dumps(list(options))}"
    return f"some({listed})" if count == 1 else f"(len(filter({listed})) >= {count})"


def _in_python(question: str, options: Sequence[str], count: int, way: str) -> str:
    named = f"{set(options)!r}"
    known = f"{way}_{question}"
    return f"not {known}.isdisjoint({named})" if count == 1 else f"len({known}.intersection({named})) >= {count}"


JSON_LOGIC = Dialect(
    _in_json_logic,
    lambda part: {"!": [part]},
    lambda parts: {"and": list(parts)},
    lambda parts: {"or": list(parts)},
    lambda options: dict.fromkeys(sorted(options), True),
)
ZEN = Dialect(
    _in_zen,
    lambda part: f"(not {part})",
    lambda parts: f"({' and '.join(parts)})",
    lambda parts: f"({' or '.join(parts)})",
    sorted,
)
PYTHON = Dialect(
    _in_python,
    lambda part: f"(not ({part}))",
    lambda parts: f"({' and '.join(parts)})",
    lambda parts: f"({' or '.join(parts)})",
    frozenset,
)


def case_of(rulebook: Rulebook, known: Sequence[Known]) -> Case:
    """Return all rules with a condition, and their truth values as our own evaluator finds them."""
    rules = [rule for rule in rulebook.rules.values() if rule.condition.parts]
    truths = [[rulebook.conditions[rule.id].truth(each) for rule in rules] for each in known]
    conditions = [expanded(rule.condition, rulebook.definitions) for rule in rules]
    return Case(conditions, [sets_of(rulebook, each) for each in known], truths)


def engines(case: Case) -> Mapping[str, Run]:
    """Return the engines that are installed and agree with us, by name. Says on stderr which are left out, and why."""
    found: dict[str, Run] = {}
    makers = {
        "datalogic (Rust)": _datalogic,
        "zen-engine (Rust)": _zen,
        "json-logic-engine (Node)": _json_logic_engine,
        "one Python function, generated": _generated,
    }
    for name, make in makers.items():
        try:
            found[name] = make(case)
        except (ImportError, FileNotFoundError) as error:
            sys.stderr.write(f"{name} is left out: {error}\n")
    return found


def per_set(judge: Callable[[Any], Any], sets: Sequence[Any]) -> Run:
    """Return a run that judges all sets; its time is that of one set."""

    def run() -> float:
        begun = process_time()
        for each in sets:
            judge(each)
        return (process_time() - begun) * 1000 / len(sets)

    return run


def _agreeing(case: Case, judge: Callable[[Any], Sequence[Any]], sets: Sequence[Any]) -> Run:
    """Return a run of `judge` if its results are equal to ours."""
    for truths, each in zip(case.truths, sets, strict=True):
        found = list(map(bool, judge(each)))
        if found != list(chain.from_iterable((truth is True, truth is not False) for truth in truths)):
            raise AssertionError("an engine disagrees with our evaluator")
    return per_set(judge, sets)


def _datalogic(case: Case) -> Run:
    from datalogic_py import DataHandle, Engine  # noqa: PLC0415  # only with the dependency group "bench"

    engine = Engine()
    rule, session = engine.compile(json.dumps(JSON_LOGIC.rules(case))), engine.session()
    sets = [DataHandle(json.dumps(each)) for each in JSON_LOGIC.data(case)]
    return _agreeing(case, lambda each: session.evaluate_data(rule, each), sets)


def _zen(case: Case) -> Run:
    from zen import compile_expression  # noqa: PLC0415  # only with the dependency group "bench"

    expression = compile_expression(f"[{', '.join(ZEN.rules(case))}]")
    return _agreeing(case, expression.evaluate, list(map(json.dumps, ZEN.data(case))))


def _generated(case: Case) -> Run:
    """Two values in plain Python, as a measure of what the language itself costs."""
    names = [(question, f"certain_{question}, possible_{question}") for question in case.known[0]]
    lines = [f"    {both} = known[{question!r}]" for question, both in names]
    source = "\n".join(["def judge(known):", *lines, f"    return [{', '.join(PYTHON.rules(case))}]"])
    space: dict[str, Any] = {}
    exec(source, space)  # written here, from our own rules
    sets = [{question: tuple(sets.values()) for question, sets in each.items()} for each in PYTHON.data(case)]
    return _agreeing(case, space["judge"], sets)


def _json_logic_engine(case: Case) -> Run:
    folder = Path(__file__).parent / "rivals"
    if not shutil.which("node") or not (folder / "node_modules").is_dir():
        raise FileNotFoundError("it needs Node.js, and `npm ci` in tests/bench/rivals")
    expected = [[part for truth in truths for part in (truth is True, truth is not False)] for truths in case.truths]
    task = {"rules": JSON_LOGIC.rules(case), "data": JSON_LOGIC.data(case), "expected": expected}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(task, file)
        file.flush()
        command = ["node", str(folder / "json_logic.mjs"), file.name]
        node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        assert node.stdin
        assert node.stdout
        answers, asked = node.stdout, node.stdin
        if answers.readline() != "equal\n":
            raise AssertionError("json-logic-engine disagrees with our evaluator")

    def run() -> float:
        asked.write("\n")
        return float(answers.readline())

    return run
