"""Find in the guide: an index of everything that readers can read, made once, and what it finds for a few words.

Entries are ranked as BM25F does (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): rare words and
words of titles count more. Words are compared by their stems. A word that is nowhere in the guide stands for the words
that begin with it, or else for those that differ in a letter or two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from webapp.content.search_words import COMMON, marked, sentences, stem, stem_of_text, stems, typed_words, words

MOST_LETTERS = 80
"""A query is cut here, so that the work for it has a limit."""

MOST_WORDS = 8
"""Further words of a query are not looked up."""

SHOWN = 3
"""Hits shown of each kind until a reader asks for more."""

_BOOST = {"titles": 4.0, "names": 4.0, "texts": 1.0}
_SATURATION = 1.2
_LENGTH = 0.6
_OTHER_WORDS = 0.6
_WORTH_SHOWING = 0.2
_SNIPPET = 180
_LONGEST_NAME = 3
_LONG_WORD = 6
_SHORTEST_GUESS = 3
_ALIKE_ENOUGH = 0.75

_LAST = ("ask", "question", "source")
"""Kinds that come after the others: they lead to an answer, but are none."""

Alike = tuple[Sequence[str], Sequence[str]]
"""Names that people may type, and names of the same thing in the guide."""

Phrase = tuple[str, ...]
"""Stems that belong together: an entry has all of them, or does not match."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found: its kind and id, its title, its texts, and other names for it.

    `label` is what readers have to know before the text, such as the verdict on a claim.
    """

    kind: str
    id: str
    title: str
    texts: tuple[str, ...]
    names: tuple[str, ...] = ()
    label: str = ""

    @property
    def titles(self) -> tuple[str]:
        """The title, as the other texts come."""
        return (self.title,)


@dataclass(frozen=True)
class Hit:
    """An entry that was found. `title` and `text` are in parts, each with whether it is a word that was looked for."""

    entry: Entry
    title: Sequence[tuple[str, bool]]
    text: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Group:
    """The best hits of a kind, and how many there are in all."""

    kind: str
    hits: Sequence[Hit]
    total: int


@dataclass(frozen=True)
class Found:
    """What a query found. `instead` are words that are not in the guide, each with the words that were taken for it.

    `near` are words of the guide to try if nothing was found.
    """

    groups: Sequence[Group] = ()
    instead: Sequence[tuple[str, Sequence[str]]] = ()
    near: Sequence[str] = ()

    @property
    def total(self) -> int:
        """How many entries were found."""
        return sum(group.total for group in self.groups)


@dataclass(frozen=True)
class _Slot:
    """A word of a query, or a few that are a name. `phrases`: what an entry can have instead, what was typed first."""

    phrases: Sequence[Phrase]
    typed: str
    instead: Sequence[str] = ()


@dataclass
class Index:
    """The index of `entries`. `alike`: who looks for one of some names finds the entries with the others too."""

    entries: Sequence[Entry]
    alike: Sequence[Alike] = ()
    _weights: dict[str, dict[int, float]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Weigh the words of each entry, and list the words and names that can be typed."""
        self._weights = _weights(self.entries)
        counts = Counter(
            word for entry in self.entries for text in (entry.title, *entry.names, *entry.texts) for word in words(text)
        )
        self._names: dict[str, tuple[Phrase, ...]] = _names(self.alike)
        self._words = Counter(word for typed, _ in self.alike for name in typed for word in words(name)) + counts
        self._near = sorted(
            {word for entry in self.entries for text in (entry.title, *entry.names) for word in words(text)} - COMMON
        )

    def find(self, query: str, only: str | None = None) -> Found:
        """Return the best hits of each kind for a query, or all hits of the kind `only` if there are any.

        Kinds come in the order of their best hits.
        """
        slots = self._slots(list(typed_words(query[:MOST_LETTERS]))[:MOST_WORDS])
        scores = self._scores(slots)
        instead = [(slot.typed, slot.instead) for slot in slots if slot.instead]
        if not scores:
            return Found(instead=instead, near=self._nearest(slots))
        wanted = frozenset(part for slot in slots for phrase in slot.phrases for part in phrase if len(part) > 1)
        by_kind: dict[str, list[int]] = {}
        for number in sorted(scores, key=lambda number: (-scores[number], number)):
            by_kind.setdefault(self.entries[number].kind, []).append(number)
        shown = [only] if only in by_kind else sorted(by_kind, key=_LAST.__contains__)
        most = None if only in by_kind else SHOWN
        groups = [
            Group(kind, [self._hit(number, wanted) for number in by_kind[kind][:most]], len(by_kind[kind]))
            for kind in shown
        ]
        return Found(groups, instead)

    def _slots(self, typed: Sequence[str]) -> Sequence[_Slot]:
        slots, rest = [], list(typed)
        while rest:
            length = next(filter(partial(self._is_name, rest), range(_LONGEST_NAME, 1, -1)), 1)
            slots.append(self._slot(rest[:length]))
            del rest[:length]
        telling = [slot for slot in slots if slot.typed not in COMMON]
        return telling or slots

    def _is_name(self, typed: Sequence[str], length: int) -> bool:
        """Return whether the first words of `typed` are a name, or a word of the guide when written together."""
        first = typed[:length]
        return len(first) == length and (_joined(first) in self._names or "".join(first) in self._words)

    def _slot(self, typed: Sequence[str]) -> _Slot:
        """Return the slot of a word, or of words that are a name or one word when written together."""
        name = "".join(typed)
        if _joined(typed) in self._names:
            return _Slot(self._names[_joined(typed)], " ".join(typed))
        if name in COMMON or stem(name) in self._weights:
            return _Slot([(stem(name),)], name)
        guesses = self._guesses(name)
        return _Slot(
            [phrase for guess in guesses for phrase in self._names.get(stem(guess), [(stem(guess),)])], name, guesses
        )

    def _guesses(self, word: str) -> Sequence[str]:
        """Return the words of the guide that `word` may begin, or else those that it may misspell."""
        if len(word) < _SHORTEST_GUESS or word.isdigit():
            return []
        begun = [known for known in self._words if known.startswith(word)]
        if begun:
            return self._commonest(begun)
        most = 1 if len(word) < _LONG_WORD else 2
        close = process.extract(word, self._words.keys(), scorer=OSA.distance, score_cutoff=most, limit=None)
        nearest = min((distance for _, distance, _ in close), default=0)
        return self._commonest([known for known, distance, _ in close if distance == nearest])

    def _commonest(self, known: Iterable[str]) -> Sequence[str]:
        """Return one word for each stem, the three that the guide uses most."""
        by_stem: dict[str, str] = {}
        for word in sorted(known, key=lambda word: (-self._words[word], word)):
            by_stem.setdefault(stem_of_text(word), word)
        return list(by_stem.values())[:3]

    def _scores(self, slots: Sequence[_Slot]) -> Mapping[int, float]:
        """Return the score of each entry that is worth showing. An entry without one of the words falls far behind."""
        totals: Counter[int] = Counter()
        met: Counter[int] = Counter()
        for slot in slots:
            best: dict[int, float] = {}
            for place, phrase in enumerate(slot.phrases):
                factor = 1 if place == 0 and not slot.instead else _OTHER_WORDS
                for number, score in self._of_phrase(phrase).items():
                    best[number] = max(best.get(number, 0), factor * score)
            totals.update(best)
            met.update(best.keys())
        scores = {number: score * (met[number] / len(slots)) ** 3 for number, score in totals.items()}
        least = _WORTH_SHOWING * max(scores.values(), default=0)
        return {number: score for number, score in scores.items() if score >= least}

    def _of_phrase(self, phrase: Phrase) -> Mapping[int, float]:
        lists = [self._weights.get(part, {}) for part in phrase]
        shortest = min(lists, key=len, default={})
        return {
            number: sum(weights[number] for weights in lists) / len(lists)
            for number in shortest
            if all(number in weights for weights in lists)
        }

    def _hit(self, number: int, wanted: frozenset[str]) -> Hit:
        entry = self.entries[number]
        return Hit(entry, marked(entry.title, wanted), marked(_snippet(entry, wanted), wanted))

    def _nearest(self, slots: Sequence[_Slot]) -> Sequence[str]:
        """Return words of titles and names that look or sound like what was typed."""
        found = [
            match
            for slot in slots
            for match in process.extract(
                slot.typed, self._near, scorer=JaroWinkler.similarity, score_cutoff=_ALIKE_ENOUGH, limit=3
            )
        ]
        return list(dict.fromkeys(word for word, _, _ in sorted(found, key=lambda match: -match[1])))[:5]


def _weights(entries: Sequence[Entry]) -> dict[str, dict[int, float]]:
    """Return, by stem, the weight that it has in each entry."""
    counts: dict[str, list[Counter[str]]] = {
        name: [Counter(part for text in getattr(entry, name) for part in stems(text)) for entry in entries]
        for name in _BOOST
    }
    found: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for name, of_entries in counts.items():
        average = sum(map(Counter.total, of_entries)) / max(1, sum(map(bool, of_entries)))
        for number, counted in enumerate(of_entries):
            length = 1 + _LENGTH * (counted.total() / max(1, average) - 1)
            for part, count in counted.items():
                found[part][number] += _BOOST[name] * count / length
    return {
        part: {number: rarity * weight / (_SATURATION + weight) for number, weight in weights.items()}
        for part, weights in found.items()
        for rarity in [log(1 + (len(entries) - len(weights) + 0.5) / (len(weights) + 0.5))]
    }


def _names(alike: Iterable[Alike]) -> dict[str, tuple[Phrase, ...]]:
    """Return, by the stems of a name that can be typed, how entries may write it: as it is typed first."""
    found: dict[str, dict[Phrase, None]] = defaultdict(dict)
    for typed, written in alike:
        for name in typed:
            found[_joined(words(name))].update(dict.fromkeys(map(stems, (name, *written))))
    return {name: tuple(phrases) for name, phrases in found.items()}


def _joined(written: Iterable[str]) -> str:
    return "".join(map(stem, written))


def _snippet(entry: Entry, wanted: frozenset[str]) -> str:
    """Return the sentence of the texts that has most of the wanted words, and those after it while they are short."""
    told = list(sentences(entry.texts))
    if not told:
        return ""
    met = [len(wanted.intersection(stems(sentence))) for sentence in told]
    first = met.index(max(met))
    shown = told[first]
    for sentence in told[first + 1 :]:
        if len(shown) + len(sentence) > _SNIPPET:
            break
        shown += f" {sentence}"
    return shown
